import type { NetworkError, NetworkErrorCode } from '../../src/index.js';
import { visible } from '../../src/cli/terminal/visible.js';
import { headLines } from './answer-lines.js';
import { bodyLines } from './body-lines.js';

/** What to do, where the error itself does not say. */
const FIXES: { readonly [Code in NetworkErrorCode]?: string } = {
  tls: 'let the server send its whole chain, for this name, from an authority that phones trust; for one of your own: --ca <file>',
  dns: 'look at the name, and at your DNS',
  connection: 'look whether the server runs, and listens on that port',
  timeout: 'make the server faster, or give it more time: --timeout <ms>, up to 60000 (TIME-1)',
  offline: 'connect to a network',
  'too-many-redirects': 'let the server answer at once, or redirect less often',
  'too-large': 'ask for less at once',
};

/** Rule, number, reason and fix of an error, and the answer where one came. */
export function errorLines(error: NetworkError): string[] {
  const { code, rule, errno, what, response } = error;
  const [reason, advice] = split(what);
  return [
    `error   ${code}`,
    `rule    ${rule ?? '(none: no rule of the platform was broken)'}`,
    `errno   ${errno ?? '(none)'}`,
    `reason  ${visible(reason)}`,
    `fix     ${visible(adviceFor(error) ?? advice ?? FIXES[code] ?? '(not known)')}`,
    ...(response ? ['', ...headLines(response), ...bodyLines(response.body as string | ArrayBuffer)] : []),
  ];
}

/** What this command can do, and a phone cannot. */
function adviceFor({ code, rule, errMsg, what }: NetworkError): string | undefined {
  if (code === 'domain-not-allowed' && errMsg !== undefined) {
    return 'a redirect led to a host that is not in the list: answer without it, or add that host: --domain <https://host>';
  }
  if (code === 'domain-not-allowed' && rule === 'DOM-1')
    return `${split(what)[1] ?? ''}; here: --domain <https://host>`;
  if (code === 'decode' && rule === 'ENC-1') {
    return 'let the server answer in UTF-8, or pass http$ a decoder: { decoders: [ ... ] }';
  }
  return undefined;
}

/** The library's sentences say what happened, and after the last semicolon what to do. */
function split(what: string): readonly [reason: string, advice: string | undefined] {
  const at = what.lastIndexOf('; ');
  return at === -1 ? [what, undefined] : [what.slice(0, at), what.slice(at + 2)];
}
