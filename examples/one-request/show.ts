import { answerLines } from './answer-lines.js';
import { errorLines } from './error-lines.js';
import { send, type OneRequest } from './send.js';
import { UsageError } from '../command-line/usage-error.js';

/** Sends a request and prints what came of it. Resolves to the exit code: 0 for every answer (CB-1), 1 for an error. */
export async function showOneRequest(request: OneRequest): Promise<number> {
  const { method, url, domains, domainsGiven } = request;
  console.log(`${method} ${url}`);
  if (!domainsGiven && domains[0] !== undefined) {
    console.log(`note    ${domains[0]} is allowed here; on a phone it must be in the request domains`);
  }

  const sent = await send(request, (message) => console.error(`warning ${message}`));
  if ('response' in sent) {
    console.log(answerLines(sent.response).join('\n'));
    return 0;
  }
  const { code, phase, what } = sent.error;
  // Before anything was sent: it is the arguments that are wrong.
  if (code === 'invalid-argument' && phase === 'check') throw new UsageError(what);
  console.error(errorLines(sent.error).join('\n'));
  return 1;
}
