import { defer, type Observable } from 'rxjs';
import type { Http, HttpCallOptions } from '../network/calls/http.js';
import type { HttpRequest } from '../network/calls/http-request.js';
import { checkOptions } from '../platform/check-options.js';
import { ARRAY_STYLES, encodedText, encodeQuery, withQuery, type ArrayStyle } from '../platform/encode-query.js';
import { fieldText, type Refuse } from '../platform/field-text.js';
import { NetworkError } from '../platform/network-error.js';
import type { ClientAnswer, ClientCall, ClientMethod, OperationOf, PathsLike, PathsWith } from './openapi.js';

/** How a client is made. */
export interface ClientOptions {
  /** How a list is written in a query, for calls that do not say. @defaultValue `'repeat'`, which is OpenAPI's `explode: true` */
  readonly arrays?: ArrayStyle | undefined;
}

/** One method of a client: by a path of the document, and what its operation takes. */
export type ClientFunction<Paths extends PathsLike, Method extends ClientMethod> = <
  Path extends PathsWith<Paths, Method>,
>(
  path: Path,
  ...options: Partial<ClientCall<OperationOf<Paths, Path, Method>>> extends ClientCall<OperationOf<Paths, Path, Method>>
    ? [options?: ClientCall<OperationOf<Paths, Path, Method>>]
    : [options: ClientCall<OperationOf<Paths, Path, Method>>]
) => Observable<ClientAnswer<OperationOf<Paths, Path, Method>>>;

/** `http$` by the paths of an OpenAPI document. */
export type Client<Paths extends PathsLike> = { readonly [Method in ClientMethod]: ClientFunction<Paths, Method> };

/**
 * Makes a client of `http$` that knows what an OpenAPI document says: `paths`, as openapi-typescript writes them, are types only,
 * and nothing is generated that runs.
 *
 * ```text
 * api.get('/users/{id}', { path: { id: 7 }, query: { tags: ['a', 'b'] } })
 * →  GET /users/7?tags=a&tags=b
 * ```
 *
 * - `{names}` in a path are filled from `path`, percent-encoded; one that is missing, empty, `.` or `..` is refused.
 * - `query` goes into the URL, for every method: `undefined` and `null` are left out, lists are written as `arrays` says.
 * - An answer has the body that its status has: `ok` and `status` tell them apart, and `requireOk()` leaves the good ones.
 * - `data` and every other option are those of `http$`. The platform has no PATCH.
 *
 * The types are what the document promises; nobody checks what comes. `parse()` does.
 *
 * @example
 * ```ts
 * import type { paths } from './api.js'; // npx openapi-typescript openapi.yaml -o api.ts
 *
 * const api = createClient<paths>(http$);
 * api.get('/users/{id}', { path: { id: '7' } })
 *   .pipe(requireOk())
 *   .subscribe(({ body }) => page.setData({ name: body.name }));
 * ```
 *
 * @throws TypeError when `http$` is no function, or an option is not what it should be.
 * @returns A client whose streams error with `invalid-argument` for a path or a query that cannot be written, and as `http$` does.
 */
export function createClient<Paths extends PathsLike>(http$: Http, options: ClientOptions = {}): Client<Paths> {
  if (typeof http$ !== 'function') throw new TypeError(`createClient: expected http$; got ${typeof http$}`);
  checkOptions('createClient', options, { arrays: ARRAY_STYLES });
  const { arrays = 'repeat' } = options;

  const by =
    (method: Uppercase<ClientMethod>) =>
    (template: string, given: CallByPath = {}) =>
      defer(() => {
        const { path, query, ...rest } = given;
        const refuse: Refuse = (what) => {
          throw new NetworkError(what, {
            code: 'invalid-argument',
            phase: 'check',
            api: 'request',
            method,
            url: template,
          });
        };
        const url = withQuery(
          filled(template, path, refuse),
          encodeQuery(query ?? {}, given.arrays ?? arrays, refuse, 'query'),
        );
        return http$({ ...rest, method, url });
      });

  const client = {
    get: by('GET'),
    head: by('HEAD'),
    options: by('OPTIONS'),
    post: by('POST'),
    put: by('PUT'),
    delete: by('DELETE'),
  };
  return client as unknown as Client<Paths>;
}

interface CallByPath extends HttpCallOptions {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: object | undefined;
  readonly data?: HttpRequest['data'];
}

/** The path with its names filled in. A text such as `..` would make another path of it, and an empty one, too. */
function filled(template: string, path: Readonly<Record<string, unknown>> = {}, refuse: Refuse): string {
  return template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = path[name];
    const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    const texts = items.map((item) => fieldText(`path.${name}`, item, refuse));
    const text = texts.every((part) => part !== undefined) ? texts.map(encodedText).join(',') : undefined;
    if (text === undefined || /^\.{0,2}$/.test(text)) {
      return refuse(
        `path.${name} is ${text === undefined ? 'missing' : `'${text}'`}; '${template}' needs a text there`,
      );
    }
    return text;
  });
}
