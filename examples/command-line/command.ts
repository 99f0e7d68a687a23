import { parseArgs } from 'node:util';
import type { OneRequest } from '../one-request/send.js';
import { domainsFor } from './domains.js';
import { authorityIn, charsetOf, headerOf, lookupOf, methodOf, timeoutOf, urlOf } from './values.js';
import { UsageError } from './usage-error.js';

export { UsageError };

/** What was asked for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'forty-requests'; readonly json: boolean }
  | { readonly name: 'one-request'; readonly request: OneRequest };

/**
 * Reads the arguments. Beside what `--help` tells there is `--lookup <host>=<address>:<port>`, which may be repeated: where
 * a host really is, for a server on this machine that poses as it.
 *
 * @throws UsageError that says what was expected and what came.
 */
export function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const { help, json, ...forOneRequest } = values;
  if (help === true) return { name: 'help' };

  const [given, ...tooMany] = positionals;
  if (given === undefined) {
    const [option] = Object.keys(forOneRequest);
    if (option !== undefined) throw new UsageError(`--${option} goes with a URL; expected one, got none`);
    return { name: 'forty-requests', json: json === true };
  }
  if (tooMany.length > 0) {
    throw new UsageError(`expected one URL; got ${positionals.length} arguments: ${positionals.join(' ')}`);
  }
  if (json === true) throw new UsageError('--json prints the figures of the demo; it does not go with a URL');

  const url = urlOf(given);
  const { method, data, domain, ca, header, charset, timeout, lookup } = forOneRequest;
  return {
    name: 'one-request',
    request: {
      url,
      method: methodOf(method ?? (data === undefined ? 'GET' : 'POST')),
      data,
      header: headerOf(header ?? []),
      charset: charsetOf(charset),
      timeoutMs: timeoutOf(timeout),
      domains: domainsFor(url, domain),
      domainsGiven: domain !== undefined,
      ca: authorityIn(ca),
      lookup: lookup && lookupOf(lookup),
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        json: { type: 'boolean' },
        domain: { type: 'string', multiple: true },
        ca: { type: 'string' },
        header: { type: 'string', multiple: true },
        method: { type: 'string' },
        data: { type: 'string' },
        charset: { type: 'string' },
        timeout: { type: 'string' },
        lookup: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    // Node names the option, and what it misses. Its advice on positional arguments would lead astray here.
    throw new UsageError((error as Error).message.replace(/\. To specify a positional argument[^]*$/, ''));
  }
}
