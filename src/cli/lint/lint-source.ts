import { join } from 'node:path';
import { scanUrl } from '../../platform/url-scan.js';
import type { Finding, Place } from '../finding.js';
import { readAppFiles } from './app-files.js';
import { environmentFiles } from './environment-files.js';
import { followApp } from './followed-app.js';
import { calledHosts, judgeHosts, lostNote } from './judge-addresses.js';
import type { LintedLists } from './lint-lists.js';
import { proposal, type ProposedEntry } from './proposal.js';
import type { ShownHost } from './shown-addresses.js';

/** What the source was found to call, and to show. */
export interface LintedSource {
  readonly findings: readonly Finding[];
  /** The hosts that are called, in lower case. */
  readonly hosts: ReadonlyMap<string, Place>;
  /** The entries that the source implies. */
  readonly proposed: readonly ProposedEntry[];
  readonly shown: readonly ShownHost[];
}

/** What is asked of the source. */
export interface SourceRequest {
  /** Absolute. */
  readonly files: readonly string[];
  readonly folder: string;
  /** Where absolute imports may start from. */
  readonly sourceFolder: string;
  /** `undefined`: there are none yet, and only what holds for any is checked. */
  readonly domains: LintedLists['domains'] | undefined;
  /** Beginnings of URLs that nobody calls. */
  readonly ignore: readonly string[];
}

/** Follows the addresses of some files to the calls, and compares them with the lists. */
export function lintSource({ files, folder, sourceFolder, domains, ignore }: SourceRequest): LintedSource {
  const read = readAppFiles(files, folder);
  const roots = [
    ...new Set([sourceFolder, folder].flatMap((root) => [root, join(root, 'src'), join(root, 'miniprogram')])),
  ];
  const app = followApp(read.files, roots, environmentFiles([sourceFolder, folder], folder));

  const isMeant = ({ url, waived }: { readonly url: string; readonly waived: boolean }): boolean =>
    !waived && !ignore.some((beginning) => url.startsWith(beginning));
  const called = calledHosts(app.called.filter(isMeant));
  const hosts = new Map<string, Place>();
  for (const { url, place } of app.called) {
    const scanned = scanUrl(url);
    if (!('problem' in scanned) && !hosts.has(scanned.host)) hosts.set(scanned.host, place);
  }
  return {
    hosts,
    findings: [
      ...read.findings,
      ...app.unparsed.map(({ file, origins }) => notParsed(file, origins)),
      ...judgeHosts(called, domains),
      ...app.lost.map(lostNote),
    ],
    proposed: proposal(called),
    // A list that is given to createNetwork names what is called elsewhere: nobody has to look at that.
    shown: app.shown
      .hosts()
      .filter(({ origin, pictures, pages }) => pictures + pages > 0 || !hosts.has(new URL(origin).hostname)),
  };
}

function notParsed(file: string, origins: readonly string[]): Finding {
  const names = origins.join(', ');
  return {
    severity: 'note',
    rule: 'source',
    place: { file },
    what: {
      en: `too big or not parsable, so its calls are not known${names && `; it names ${names}`}`,
      zh: `文件过大或无法解析，不知道它会调用什么${names && `；其中出现了 ${names}`}`,
    },
  };
}
