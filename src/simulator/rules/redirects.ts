import { Observable, type Subscription } from 'rxjs';
import type { Wire, WireEvent, WireHeaders, WireRequest } from '../wires/wire.js';
import { CallFailure, type Failure } from './failure.js';
import { redirectTarget } from './redirect-target.js';

/** What a chain of hops needs. */
export interface RedirectRules {
  readonly wire: Wire;
  /** `'manual'` hands a redirect over as it is. */
  readonly maxRedirects: number | 'manual';
  /** Whether a hop may be made; each is asked, as the call itself was. */
  readonly admit: (url: string) => Failure | undefined;
  /** Told of the headers of each hop. */
  readonly onHop?: (url: string, headers: WireHeaders) => void;
}

/**
 * Sends a request and follows where it is sent on to. Every target must be in the domain list too (DOM-1).
 *
 * - Evidence: the target must be listed (discoveries/domain-lists.md); errno 600008 beyond the limit (discoveries/failures.md#numbers)
 * - As Chromium does: 303, and 301 or 302 after POST, become GET without a body; credentials stay with their origin
 *
 * @returns The events of the last hop alone.
 */
export function followRedirects$(first: WireRequest, rules: RedirectRules): Observable<WireEvent> {
  const { wire, maxRedirects, admit, onHop } = rules;

  return new Observable((subscriber) => {
    const hop = (request: WireRequest, followed: number) => {
      let running: Subscription | undefined = undefined;
      let redirect: { readonly target: string; readonly statusCode: number } | undefined;

      const take = (event: WireEvent) => {
        if (event.type === 'headers') {
          onHop?.(request.url, event);
          const { statusCode, header } = event;
          const target =
            maxRedirects === 'manual'
              ? undefined
              : redirectTarget(statusCode, fieldOf(header, 'location'), request.url);
          if (target !== undefined) redirect = { target, statusCode };
        }
        if (redirect === undefined) {
          subscriber.next(event);
          return;
        }
        // Its body is of no use: the hop ends with its headers.
        goOn(redirect.target, redirect.statusCode);
        running?.unsubscribe();
      };
      const goOn = (target: string, statusCode: number) => {
        const refusal: Failure | undefined =
          followed >= Number(maxRedirects) ? { kind: 'too-many-redirects' } : admit(target);
        if (refusal) subscriber.error(new CallFailure(refusal));
        else hop(redirected(request, target, statusCode), followed + 1);
      };

      // By hand: operators would be a tenth of what a call costs.
      running = wire(request).subscribe({
        next: (event) => {
          if (redirect || subscriber.closed) return;
          try {
            take(event);
          } catch (error) {
            subscriber.error(error);
          }
        },
        error: (error: unknown) => {
          if (!redirect) subscriber.error(error);
        },
        complete: () => {
          if (!redirect) subscriber.complete();
        },
      });
      if (redirect) running.unsubscribe();
      else subscriber.add(running);
    };
    hop(first, 0);
  });
}

function redirected(request: WireRequest, target: string, statusCode: number): WireRequest {
  const { method } = request;
  const toGet = (statusCode === 303 && method !== 'HEAD') || (statusCode < 303 && method === 'POST');
  const sameOrigin = new URL(target).origin === new URL(request.url).origin;
  const dropped = [...(toGet ? ['content-type'] : []), ...(sameOrigin ? [] : ['authorization', 'cookie'])];

  return {
    ...request,
    url: target,
    header: Object.fromEntries(
      Object.entries(request.header).filter(([name]) => !dropped.includes(name.toLowerCase())),
    ),
    ...(toGet && { method: 'GET', body: undefined }),
  };
}

/** A header field by name, whatever its case. */
export function fieldOf(header: Readonly<Record<string, string>>, name: string): string | undefined {
  for (const field in header) {
    if (field.length === name.length && field.toLowerCase() === name) return header[field];
  }
  return undefined;
}
