// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import { isNetworkError, NetworkError, type HttpResponse, type NetworkErrorCode } from '../../src/index.js';
import { exactly } from './exactly.js';

export function byCode(error: unknown): string {
  // An answer came: it is on the error, without a question mark.
  if (isNetworkError(error, 'status')) {
    exactly<'status'>()(error.code, true);
    exactly<HttpResponse<unknown>>()(error.response, true);
    return `${error.response.status}`;
  }
  if (isNetworkError(error, 'decode')) {
    // @ts-expect-error -- a stream's body may fail before there is an answer to show
    return error.response.url;
  }
  if (isNetworkError(error, 'timeout')) {
    exactly<'timeout'>()(error.code, true);
    // @ts-expect-error -- no answer came, perhaps: it may be missing
    return error.response.url;
  }
  if (isNetworkError(error)) {
    exactly<NetworkErrorCode>()(error.code, true);
    return error.phase ?? error.message;
  }
  // @ts-expect-error -- of what is no NetworkError nothing is known
  return error.message;
}

/** A switch over all codes needs no default, and a new code breaks it. */
export function all(code: NetworkErrorCode): string {
  switch (code) {
    case 'domain-not-allowed':
    case 'invalid-url':
    case 'invalid-argument':
      return 'mine';
    case 'interrupted':
    case 'background':
    case 'timeout':
    case 'aborted':
    case 'offline':
      return 'again';
    case 'dns':
    case 'tls':
    case 'connection':
    case 'too-many-tasks':
    case 'too-many-redirects':
    case 'too-large':
    case 'decode':
    case 'status':
    case 'storage-full':
    case 'storage':
    case 'unknown':
      return 'theirs';
  }
}

export function wrongUse(error: unknown): void {
  // @ts-expect-error -- a code that there is not
  isNetworkError(error, 'network');
  // @ts-expect-error -- an error without a code cannot be told apart
  new NetworkError('it broke', {});
  // @ts-expect-error -- a clause that there is not
  new NetworkError('it broke', { code: 'unknown', rule: 'DOM-9' });
  // @ts-expect-error -- what has happened does not change
  if (isNetworkError(error)) error.code = 'dns';
}
