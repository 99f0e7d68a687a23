import { parseArgs } from 'node:util';
import { UsageError } from '../../src/cli/usage-error.js';

export { UsageError };

/** What was asked for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'forty-requests'; readonly json: boolean }
  /** For `rx-miniprogram request`, which reads them. */
  | { readonly name: 'one-request'; readonly args: readonly string[] };

/**
 * Reads the arguments.
 *
 * @throws UsageError that says what was expected and what came.
 */
export function commandOf(args: readonly string[]): Command {
  if (args.includes('--help')) return { name: 'help' };
  if (args.length === 0) return { name: 'forty-requests', json: false };
  if (args.some((word) => !word.startsWith('-'))) return { name: 'one-request', args };
  try {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
    return { name: 'forty-requests', json: values.json === true };
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError({ en: reason, zh: reason });
  }
}
