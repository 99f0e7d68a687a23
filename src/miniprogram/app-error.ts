import { relative, sep } from 'node:path';
import { isAppProblem, type SourcePlace } from './app-problem.js';

/** Is told of what an app throws where nobody of its own catches it. */
export type AppThrew = (error: unknown) => void;

/** What was thrown, and where in the app. */
export interface ThrownInApp {
  readonly message: string;
  /** The innermost place that is of the app. */
  readonly place?: SourcePlace | undefined;
  /** All places that are of the app, innermost first. */
  readonly places: readonly (SourcePlace & { readonly name: string })[];
}

const FRAME = /^\s*at (?:(?:async )?(.*?) \()?(?:file:\/\/)?(\/[^()]*?|[A-Za-z]:\\[^()]*?):(\d+):(\d+)\)?$/;

/** Reads an error of the app: its message, and of its stack only what the app's author knows. */
export function readAppError(error: unknown, root: string): ThrownInApp {
  const { message, stack, name } = (typeof error === 'object' && error !== null ? error : {}) as Partial<Error>;
  if (typeof message !== 'string') return { message: shown(error), places: [] };
  if (isAppProblem(error)) return { message, places: [], ...(error.place && { place: error.place }) };

  const places = (stack ?? '').split('\n').flatMap((line) => {
    const [, called = '', path = '', row, column] = FRAME.exec(line) ?? [];
    const file = relative(root, path).split(sep).join('/');
    const isOurs = path === '' || file.startsWith('..') || file.includes('node_modules/');
    return isOurs ? [] : [{ name: called, file, line: Number(row), column: Number(column) }];
  });
  const [place] = places;
  const told = name !== undefined && name !== '' && !message.startsWith(name) ? `${name}: ${message}` : message;
  return {
    message: told,
    places,
    ...(place && { place: { file: place.file, line: place.line, column: place.column } }),
  };
}

/** What is thrown need not be an error: `fail` of an API hands over a plain object. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${String(value)} (thrown as it is, so without a place)`;
  const { errMsg } = value as { readonly errMsg?: unknown };
  if (typeof errMsg === 'string') return errMsg;
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
