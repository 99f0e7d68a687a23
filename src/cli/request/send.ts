import type { DomainLists } from '../../platform/domain-lists.js';
import type { NetworkTimeout } from '../../platform/network-timeout.js';
import { codeOfFailure } from '../../platform/classify-failure.js';
import type { NetworkErrorCode } from '../../platform/network-error.js';
import type { Refusal } from '../../platform/refusal.js';
import type { HttpMethod } from '../../platform/wx.js';
import { createSimulator } from '../../simulator/create-simulator.js';
import type { RefusedEvent, SettledEvent } from '../../simulator/events.js';
import type { RequestSuccess } from '../../simulator/apis/request-types.js';
import type { Lookup } from '../../simulator/wires/node-connector.js';

/** One call, and the phone that it is made on. */
export interface OneRequest {
  readonly url: string;
  readonly method: string;
  readonly data: string | undefined;
  readonly header: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly domains: DomainLists;
  readonly networkTimeout: NetworkTimeout;
  readonly appId: string | undefined;
  readonly ca: string | undefined;
  readonly lookup: Lookup | undefined;
}

/** An answer; its body is bytes, because only they tell a picture from a text, and which charset the text is in. */
export type Answer = RequestSuccess<ArrayBuffer> & { readonly durationMs: number };

/** Why there is no answer. */
export interface NoAnswer {
  readonly code: NetworkErrorCode;
  readonly rule: RefusedEvent['rule'];
  readonly errMsg: string;
  readonly errno: number | undefined;
  /** What the simulator had to say to it, more than the platform would. */
  readonly detail: string | undefined;
  /** Why an address was refused. */
  readonly refusal: Refusal | undefined;
  /** Whether that address is where a redirect led. */
  readonly redirected: boolean;
}

/** Sends a request under every rule, over real sockets. */
export async function send(request: OneRequest): Promise<{ readonly answer: Answer } | { readonly failed: NoAnswer }> {
  const { url, method, data, header, timeoutMs, domains, networkTimeout, appId, ca, lookup } = request;
  // In high-performance mode a phone does not tell the peer and the first byte, which is what one asks for here.
  const simulator = createSimulator({ domains, networkTimeout, appId, ca, lookup, highPerformanceMode: false });
  let refused: RefusedEvent | undefined;
  let answered = false;
  let settled: SettledEvent | undefined;
  simulator.events$.subscribe((event) => {
    if (event.type === 'refused') refused = event;
    if (event.type === 'headers') answered = true;
    if (event.type === 'settled') settled = event;
  });

  const begun = performance.now();
  try {
    return await new Promise((resolve) => {
      simulator.wx.request<ArrayBuffer>({
        url,
        // Which methods there are is for the platform to say.
        method: method as HttpMethod,
        data: data,
        header,
        timeout: timeoutMs,
        responseType: 'arraybuffer',
        success: (answer) => resolve({ answer: { ...answer, durationMs: performance.now() - begun } }),
        fail: ({ errMsg, errno }) => {
          const code = codeOfFailure({ errMsg, errno });
          const rule = refused?.rule ?? settled?.rule;
          const { detail, refusal } = refused ?? {};
          resolve({ failed: { code, rule, errMsg, errno, detail, refusal, redirected: answered } });
        },
      });
    });
  } finally {
    await simulator.close();
  }
}
