import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followApp } from '../../src/cli/lint/followed-app.js';
import { lintProject } from '../../src/cli/lint/lint-project.js';
import { scanUrl } from '../../src/platform/url-scan.js';
import { readAppFiles } from '../../src/cli/lint/app-files.js';
import { environmentFiles } from '../../src/cli/lint/environment-files.js';
import { sourceFiles } from '../../src/cli/lint/source-files.js';

const CORPUS = join(__dirname, 'lint-corpus');

/** What a person found in an app, by reading it. */
interface Labels {
  readonly calls: { readonly [api: string]: readonly string[] };
  readonly development?: readonly string[];
  readonly thirdParty?: readonly string[];
  readonly lan?: readonly string[];
  /** The files in which an address is lost. */
  readonly lost?: readonly string[];
  readonly shown: readonly string[];
}

const APPS = readdirSync(CORPUS).map((name) => ({
  name,
  folder: join(CORPUS, name),
  labels: JSON.parse(readFileSync(join(CORPUS, name, 'labels.json'), 'utf8')) as Labels,
}));

/** `request https://api.example.com`, as often as it is labelled. */
function labelled({ calls }: Labels): string[] {
  return Object.entries(calls).flatMap(([api, origins]) => origins.map((origin) => `${api} ${origin}`));
}

/** The errors of an app whose lists are empty, in the words of the labels. */
async function errorsOf(folder: string): Promise<Set<string>> {
  const { findings, project } = await lintProject({
    folder,
    paths: ['.'],
    configFile: join(__dirname, 'support/empty-lists.json'),
  });
  expect(project.truth).toBeDefined();
  // The finding says which; what is called is told by the same follower.
  const isError = new Set(
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ place }) => `${place.file}:${place.line ?? 0}:${place.column ?? 0}`),
  );
  const { files } = readAppFiles(sourceFiles([folder]).files, folder);
  const roots = [folder, join(folder, 'src'), join(folder, 'miniprogram')];
  const { called } = followApp(files, roots, environmentFiles([folder], folder));
  return new Set(
    called
      .filter(({ place }) => isError.has(`${place.file}:${place.line ?? 0}:${place.column ?? 0}`))
      .filter(({ development, thirdParty }) => !development && !thirdParty)
      .map(({ api, url }) => {
        const scanned = scanUrl(url);
        return `${api} ${'problem' in scanned ? url : scanned.origin}`;
      }),
  );
}

describe('the corpus of labelled apps', () => {
  it('has at least 200 labelled calls', () => {
    expect(APPS.reduce((sum, { labels }) => sum + labelled(labels).length, 0)).toBeGreaterThanOrEqual(200);
  });

  it('is judged with a precision of at least 95 % and a recall of at least 90 %', async () => {
    const wrong: string[] = [];
    const missed: string[] = [];
    let right = 0;
    for (const { name, folder, labels } of APPS) {
      const found = await errorsOf(folder);
      const wanted = new Set(labelled(labels));
      for (const error of found) {
        if (wanted.has(error)) right++;
        else wrong.push(`${name}: ${error}`);
      }
      for (const call of wanted) if (!found.has(call)) missed.push(`${name}: ${call}`);
    }
    const precision = right / (right + wrong.length);
    const recall = right / (right + missed.length);
    const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
    process.stdout.write(
      `lint corpus: ${APPS.length} apps, ${right + missed.length} calls: precision ${percent(precision)}, recall ${percent(recall)}\n`,
    );

    // Each is a question to the follower. These are open: a bus of events, a namespace, a builder, a Map.
    expect({ wrong, missed }).toEqual({
      wrong: [],
      missed: [
        'behaviors: request https://bh-bus.example.com',
        'saga: request https://sg-main.example.com',
        'saga: request https://sg-pay.example.com',
        'saga: request https://sg-builder.example.com',
        'urls-built: request https://in-map.example.com',
      ],
    });
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.9);
  }, 30_000);

  it.each(APPS)('names no address of $name as an error that is only shown', async ({ folder, labels }) => {
    const origins = new Set([...(await errorsOf(folder))].map((error) => error.replace(/^\w+ /, '')));

    for (const origin of [...labels.shown, ...(labels.thirdParty ?? [])]) expect(origins).not.toContain(origin);
  });

  it.each(APPS.filter(({ labels }) => labels.lost))(
    'names the places in $name where an address is lost',
    async ({ folder, labels }) => {
      const { findings } = await lintProject({ folder, paths: [], configFile: undefined });
      const files = findings.filter(({ rule }) => rule === 'lost').map(({ place }) => place.file);

      expect(new Set(files)).toEqual(new Set(labels.lost));
    },
  );
});
