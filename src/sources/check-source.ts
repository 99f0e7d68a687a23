import { problemOfOptions, type OptionHints, type OptionKinds } from '../platform/check-options.js';
import { invalidArgument } from './call-wx.js';

/** What people bring along from `wx`, and would otherwise wait for in vain. */
const FOREIGN_NAMES: OptionHints = {
  timeout: 'write timeoutMs, in milliseconds',
  headers: 'write header',
  body: 'write data',
  success: 'subscribe({ next }) to what it tells',
  fail: 'subscribe({ error }) to the failure',
  complete: 'add finalize() to the pipe',
};

/**
 * Checks what a source is made with: a misspelt option would silently do nothing. The dependencies are not checked: a
 * simulator has more in it than `wx`.
 *
 * @param api - The member of `wx` that it calls.
 * @throws NetworkError `invalid-argument` for an unknown name, or a value that cannot be.
 */
export function checkSource(api: string, options: object, kinds: OptionKinds): void {
  const problem = problemOfOptions(options, kinds, FOREIGN_NAMES);
  if (problem !== undefined) throw invalidArgument(problem, { api });
}
