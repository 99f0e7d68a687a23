import type { CallException } from '../apis/callbacks.js';
import type { Settings } from '../settings.js';

/** What a call is told of HttpDNS. */
export interface HttpDnsOutcome {
  readonly useHttpDNS: boolean;
  readonly exception: CallException;
}

/**
 * What becomes of a call that asks for HttpDNS: the name is looked up there, or by the system for a reason that
 * `exception` tells. The high-performance mode has no HttpDNS.
 *
 * - Evidence: the page of `wx.request`: `useHttpDNS`, `exception`, fallback (discoveries/request.md#exception); errno 602101 in discoveries/failures.md#numbers
 * - Not known: the words of that number
 *
 * @returns Nothing, where the call did not ask for it.
 */
export function httpDnsOutcome(
  enableHttpDNS: boolean | undefined,
  { httpDns }: Pick<Settings, 'httpDns'>,
  highPerformance: boolean,
): HttpDnsOutcome | undefined {
  if (enableHttpDNS !== true) return undefined;
  const failed = !highPerformance && httpDns === 'not-bought';
  return {
    useHttpDNS: !highPerformance && !failed,
    exception: { retryCount: 0, reasons: failed ? [{ errMsg: NOT_BOUGHT, errno: '602101' }] : [] },
  };
}

/** The failure's words. */
export const NOT_BOUGHT = 'HttpDNS service is not bought';
