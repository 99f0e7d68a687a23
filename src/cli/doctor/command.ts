import type { CommandInput } from '../command-input.js';
import { loadProject } from '../config/load-project.js';
import type { Language } from '../language.js';
import { lintLists } from '../lint/lint-lists.js';
import type { Look, Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';
import { UsageError } from '../usage-error.js';
import { authorityIn, millisecondsOf, resolvesOf, urlOf } from '../values.js';
import type { Check, Verdict } from './check.js';
import { checkServer } from './check-server.js';

const DEFAULT_TIMEOUT_MS = 15_000;
const LOOKS: { readonly [V in Verdict]: Look } = { good: 'good', note: 'faint', warning: 'notice', bad: 'bad' };
const NAMES: { readonly [V in Verdict]: { readonly [L in Language]: string } } = {
  good: { en: 'good   ', zh: '正常' },
  note: { en: 'note   ', zh: '提示' },
  warning: { en: 'warning', zh: '警告' },
  bad: { en: 'bad    ', zh: '问题' },
};

/** `rx-miniprogram doctor <url …>`. Resolves to the exit code: 1 where something is bad. */
export async function doctorCommand({ values, positionals, language, paint, context }: CommandInput): Promise<number> {
  const { print, folder } = context;
  const urls = positionals.map(urlOf);
  for (const url of urls) {
    if (!/^(?:https?|wss?):/i.test(url)) {
      throw new UsageError({
        en: `expected https:// or wss://; got '${url}'`,
        zh: `应为 https:// 或 wss://，实际是 '${url}'`,
      });
    }
  }
  if (urls.length === 0) {
    throw new UsageError({
      en: 'expected a URL such as https://api.example.com/; got none',
      zh: '应给出 URL，例如 https://api.example.com/',
    });
  }
  const project = await loadProject(folder, values.config);
  const options = {
    domains: project.truth && lintLists(project).domains,
    appId: project.appId ?? 'wx0123456789abcdef',
    ca: authorityIn(values.ca, folder),
    lookup: resolvesOf(values.resolve),
    timeoutMs: millisecondsOf('--timeout', values.timeout) ?? DEFAULT_TIMEOUT_MS,
  };

  const reports: { readonly url: string; readonly checks: readonly Check[] }[] = [];
  for (const url of urls) {
    const checks = await checkServer(url, options);
    reports.push({ url, checks });
    if (values.json !== true) {
      print(paint('strong', visible(url)));
      for (const found of checks) print(checkLine(found, language, paint));
    }
  }
  if (values.json === true)
    print(
      JSON.stringify(
        reports.map((report) => asJson(report, language)),
        null,
        2,
      ),
    );
  return reports.some(({ checks }) => checks.some(({ verdict }) => verdict === 'bad')) ? 1 : 0;
}

/** What, why it matters on a phone, and how to mend it: one line. */
function checkLine({ subject, verdict, what, why, fix }: Check, language: Language, paint: Paint): string {
  const told = [what, why, fix].flatMap((part) => part?.[language] ?? []).join(language === 'zh' ? '；' : '; ');
  return `  ${paint(LOOKS[verdict], NAMES[verdict][language])} ${subject.padEnd(12)}${visible(told)}`;
}

function asJson({ url, checks }: { readonly url: string; readonly checks: readonly Check[] }, language: Language) {
  return {
    url,
    checks: checks.map(({ subject, verdict, what, why, fix }) => ({
      subject,
      verdict,
      what: what[language],
      why: why?.[language],
      fix: fix?.[language],
    })),
  };
}
