import { Observable, takeWhile } from 'rxjs';
import type { Wire, WireEvent, WireHeaders, WireRequest } from '../wires/wire.js';
import { CallFailure, type Failure } from './failure.js';

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

const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Sends a request and follows where it is sent on to. Every target must be in the domain list too (DOM-1).
 *
 * - Evidence: the target must be listed (platform-facts §3); errno 600008 beyond the limit (§1.1)
 * - As Chromium does: 303, and 301 or 302 after POST, become GET without a body; credentials stay with their origin
 *
 * @returns The events of the last hop alone.
 */
export function followRedirects$(first: WireRequest, rules: RedirectRules): Observable<WireEvent> {
  const { wire, maxRedirects, admit, onHop } = rules;

  return new Observable((subscriber) => {
    const hop = (request: WireRequest, followed: number) => {
      let redirect: { readonly target: string; readonly statusCode: number } | undefined;

      const goOn = (event: WireEvent) => {
        if (event.type === 'headers') {
          onHop?.(request.url, event);
          const target = maxRedirects === 'manual' ? undefined : targetOf(event, request.url);
          if (target !== undefined) redirect = { target, statusCode: event.statusCode };
        }
        // The body of a redirect is of no use: the hop ends with its headers.
        return redirect === undefined && !subscriber.closed;
      };
      const end = () => {
        if (!redirect) {
          subscriber.complete();
          return;
        }
        const { target, statusCode } = redirect;
        const refusal: Failure | undefined =
          followed >= Number(maxRedirects) ? { kind: 'too-many-redirects' } : admit(target);
        if (refusal) subscriber.error(new CallFailure(refusal));
        else hop(redirected(request, target, statusCode), followed + 1);
      };

      subscriber.add(
        wire(request)
          .pipe(takeWhile(goOn))
          .subscribe({
            next: (event) => subscriber.next(event),
            error: (error: unknown) => subscriber.error(error),
            complete: () => {
              try {
                end();
              } catch (error) {
                subscriber.error(error);
              }
            },
          }),
      );
    };
    hop(first, 0);
  });
}

/**
 * Where an answer sends the client on to; nowhere, without a Location or with an empty one. An address with a host of
 * its own stays as it is written, because that is what is compared with the list (DOM-3, DOM-5): a URL parser would
 * take `:443` off it, undo escapes and turn backslashes round. Only a path is resolved.
 */
function targetOf(event: WireEvent, base: string): string | undefined {
  if (event.type !== 'headers' || !REDIRECTS.includes(event.statusCode)) return undefined;
  const location = fieldOf(event.header, 'location');
  if (location === undefined || location === '') return undefined;

  // The parser reads over tabs and line ends wherever they are, and over controls in front.
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const read = location.replace(/[\t\r\n]/g, '').replace(/^[\x00-\x20]+/, '');
  if (/^[a-z][a-z0-9+.-]*:/i.test(read)) return location;
  const { protocol, origin } = new URL(base);
  if (/^[\\/]{2}/.test(read)) return `${protocol}${location}`;

  const resolved = new URL(location, base);
  const writtenOrigin = /^[^:]*:\/\/[^/?#]*/.exec(base)?.[0];
  // Not to happen; but what the list is asked about is then at least what will be called.
  if (resolved.origin !== origin || writtenOrigin === undefined) return resolved.href;
  return `${writtenOrigin}${resolved.pathname}${resolved.search}${resolved.hash}`;
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
