import { parseArgs } from 'node:util';
import { PHONE_NAMES, type PhoneName } from '../../src/simulator/phones.js';
import { UsageError } from '../../src/cli/usage-error.js';

export { UsageError };

/** What was asked for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'forty-requests'; readonly json: boolean; readonly phone: PhoneName; readonly inspect?: boolean }
  /** For `rx-miniprogram request`, which reads them. */
  | { readonly name: 'one-request'; readonly args: readonly string[] };

/**
 * Reads the arguments.
 *
 * @throws UsageError that says what was expected and what came.
 */
export function commandOf(args: readonly string[]): Command {
  if (args.includes('--help')) return { name: 'help' };
  if (args.some((word, index) => !word.startsWith('-') && args[index - 1] !== '--phone'))
    return { name: 'one-request', args };
  try {
    const options = {
      json: { type: 'boolean' },
      inspect: { type: 'boolean' },
      phone: { type: 'string', default: 'android' },
    } as const;
    const { json = false, inspect = false, phone: given } = parseArgs({ args: [...args], options }).values;
    const phone = PHONE_NAMES.find((name) => name === given);
    if (phone === undefined) throw new Error(`--phone: expected one of ${PHONE_NAMES.join(', ')}; got ${given}`);
    return { name: 'forty-requests', json, phone, ...(inspect && { inspect }) };
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError({ en: reason, zh: reason });
  }
}
