/** What can be wrong with an app before a rule of the network says anything. */
export type AppProblemKind =
  | 'no-app'
  | 'bad-json'
  | 'unreadable'
  | 'module-not-found'
  | 'other-package'
  | 'package-not-installed'
  | 'package-of-node'
  | 'syntax'
  | 'page-not-found'
  | 'no-page-registered'
  | 'no-handler';

/** A place in the source of an app, counted from 1. */
export interface SourcePlace {
  /** Relative to the folder of `app.json`, with slashes. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** The app cannot go on here: what is wrong, where, and what to do. */
export class AppProblem extends Error {
  override readonly name = 'AppProblem';

  constructor(
    readonly kind: AppProblemKind,
    /** What it is about: a module, a page, a handler. */
    readonly subject: string,
    message: string,
    readonly place?: SourcePlace,
  ) {
    super(place ? `${shownPlace(place)}: ${message}` : message);
  }
}

/** `pages/list/list.js:3:9`, as editors and terminals make links of it. */
export function shownPlace({ file, line, column }: SourcePlace): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** Whether an error is one of ours. By its name: a test runner may have loaded this module twice. */
export function isAppProblem(error: unknown): error is AppProblem {
  return (error as { readonly name?: unknown } | null)?.name === 'AppProblem';
}
