import { basename, join, relative, resolve } from 'node:path';
import { loadProject, type Project } from '../config/load-project.js';
import type { Finding } from '../finding.js';
import { idleParents } from './idle-parents.js';
import { lintLists } from './lint-lists.js';
import { lintSource } from './lint-source.js';
import type { LintReport } from './report.js';
import { sourceFiles } from './source-files.js';

/** What to look at. */
export interface LintRequest {
  readonly folder: string;
  /** Files and folders; none means the project's own source. */
  readonly paths: readonly string[];
  readonly configFile: string | undefined;
}

const WEIGHT = { error: 0, warning: 1, note: 2 } as const;

/** Checks the lists and the source of a project. */
export async function lintProject({
  folder,
  paths,
  configFile,
}: LintRequest): Promise<LintReport & { readonly project: Project }> {
  const begun = performance.now();
  const project = await loadProject(folder, configFile);
  const lists = lintLists(project);

  const roots = paths.length > 0 ? paths.map((path) => resolve(folder, path)) : [sourceFolder(project)];
  const { cloudfunctionRoot } = project;
  // Runs on a server, where there are no lists.
  const skipped = cloudfunctionRoot === undefined ? [] : [resolve(folder, cloudfunctionRoot)];
  const { files, unreadable, cutShort } = sourceFiles(roots, skipped);
  // Without lists there is nothing to compare with, and everything to propose.
  const isNew =
    project.truth === undefined &&
    !project.findings.some(({ rule, severity }) => rule === 'config' && severity === 'error');
  const domains = isNew ? undefined : lists.domains;
  const source = lintSource({ files, folder, sourceFolder: sourceFolder(project), domains, ignore: project.ignore });

  const findings: Finding[] = [
    ...project.findings,
    ...lists.findings,
    ...idleParents(project, source),
    ...unreadable.map(({ path, code }) => unread(relative(folder, path) || path, code)),
    ...(cutShort ? [tooManyFiles(files.length, relative(folder, roots[0] ?? folder) || '.')] : []),
    ...source.findings,
  ];
  findings.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
  return {
    project,
    findings,
    proposed: isNew ? source.proposed : [],
    shown: source.shown,
    files: files.length,
    durationMs: performance.now() - begun,
  };
}

/** Where the file of truth says; else the root of the mini program, unless that is what a build makes (Taro, uni-app). */
function sourceFolder({ folder, source, miniprogramRoot }: Project): string {
  if (source !== undefined) return resolve(folder, source);
  const root = miniprogramRoot ?? '';
  return /^(?:dist|build|unpackage)$/.test(
    root.split(/[\\/]/).find((part) => part !== '' && part !== '.') ?? basename(root),
  )
    ? folder
    : join(folder, root);
}

function unread(file: string, code: string): Finding {
  const what = { en: `it cannot be read (${code})`, zh: `无法读取（${code}）` };
  return { severity: code === 'ENOENT' ? 'error' : 'warning', rule: 'source', place: { file }, what };
}

function tooManyFiles(count: number, file: string): Finding {
  const what = { en: `only the first ${count} files were read`, zh: `只检查了前 ${count} 个文件` };
  return { severity: 'warning', rule: 'source', place: { file }, what };
}
