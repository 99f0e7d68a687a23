import { mergeMap, of, type Observable } from 'rxjs';
import {
  createHttp,
  createNetwork,
  decodeBody,
  isNetworkError,
  type HttpMethod,
  type HttpResponse,
  type NetworkError,
} from '../../src/index.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { Lookup } from '../../src/simulator/wires/node-connector.js';
import { isText } from './is-text.js';

/** One call, and the phone that it is made on. */
export interface OneRequest {
  readonly url: string;
  readonly method: HttpMethod;
  readonly data: string | undefined;
  readonly header: Readonly<Record<string, string>>;
  readonly charset: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly domains: readonly string[];
  /** Whether somebody chose the domains. */
  readonly domainsGiven: boolean;
  readonly ca: string | undefined;
  readonly lookup: Lookup | undefined;
}

/** What came of it. The body is a text, or bytes where they are none. */
export type Sent = { readonly response: HttpResponse<string | ArrayBuffer> } | { readonly error: NetworkError };

/** Sends a request under every rule, over real sockets. */
export async function send(request: OneRequest, onWarning: (message: string) => void): Promise<Sent> {
  const { url, method, data, header, charset, timeoutMs, ca, lookup } = request;
  const domains = { request: request.domains };
  const simulator = createSimulator({ domains, ca, lookup });
  const { wx, scheduler } = simulator;
  const http$ = createHttp(createNetwork({ wx, scheduler, domains, onWarning }));

  // As bytes: only they tell a picture from a text, and which charset the text is in.
  const response$ = http$({ url, method, data, header, attemptMs: timeoutMs, as: 'arraybuffer' }).pipe(
    mergeMap((response): Observable<HttpResponse<string | ArrayBuffer>> =>
      charset === undefined && !isText(response)
        ? of(response)
        : of(response).pipe(decodeBody<string>({ as: 'text', charset: charset ?? 'auto' })),
    ),
  );

  try {
    return await new Promise<Sent>((resolve, reject) => {
      response$.subscribe({
        next: (response) => resolve({ response }),
        error: (error: unknown) =>
          isNetworkError(error) ? resolve({ error }) : reject(new Error('not a NetworkError', { cause: error })),
      });
    });
  } finally {
    await simulator.close();
  }
}
