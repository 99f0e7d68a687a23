import type { NetworkErrorCode } from './network-error.js';

const AGAIN = 'try again, if that is safe';

/** What to do about a failure of the platform, whose words do not tell. */
export const ADVICE: { readonly [Code in NetworkErrorCode]?: string } = {
  'domain-not-allowed': 'list its host, or that of a redirect',
  'invalid-url': 'correct the URL',
  'invalid-argument': 'correct what it names',
  interrupted: AGAIN,
  background: 'try again in the foreground',
  timeout: `${AGAIN}, or give it more time`,
  aborted: AGAIN,
  offline: `${AGAIN}, once there is a network`,
  dns: 'check its host and the DNS',
  tls: 'rx-miniprogram doctor tells what is wrong with the certificate',
  connection: `${AGAIN}, and check the server`,
  'too-many-tasks': 'have fewer at a time',
  'too-many-redirects': 'call where they lead',
  'too-large': 'transfer less at a time',
  decode: "ask for bytes, as with { charset: 'auto' }",
  unknown: 'see errno, errMsg and cause',
};

/** The words of an error whose code turned out to be another: what to do is another thing then. */
export function readvised(what: string, before: NetworkErrorCode, now: NetworkErrorCode): string {
  return what.replace(`; ${ADVICE[before]}`, `; ${ADVICE[now]}`);
}
