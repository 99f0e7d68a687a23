import { defer, type Observable } from 'rxjs';
import type { Http, HttpCallOptions } from '../network/calls/http.js';
import type { HttpRequest } from '../network/calls/http-request.js';
import { checkOptions, has } from '../platform/check-options.js';
import { ARRAY_STYLES, encodedText, encodeQuery, withQuery, type ArrayStyle } from '../platform/encode-query.js';
import { fieldText, isRecord, kindOf, type Refuse } from '../platform/field-text.js';
import { NetworkError } from '../platform/network-error.js';
import type { ClientAnswer, ClientCall, ClientMethod, OperationOf, PathsLike, PathsWith } from './openapi.js';

/** How a client is made. */
export interface ClientOptions {
  /** How a list is written in a query, for calls that do not say. @defaultValue `'repeat'`, which is OpenAPI's `explode: true` */
  readonly arrays?: ArrayStyle | undefined;
  /** How single parameters of a query are written, by their names: what the document calls `style`. @defaultValue as `arrays` says */
  readonly styles?: Readonly<Record<string, QueryStyle>> | undefined;
}

/**
 * How one parameter of a query is written; OpenAPI's `form` is `'repeat'`, or `'comma'` with `explode: false`:
 *
 * | style | of | is written |
 * | --- | --- | --- |
 * | `'spaceDelimited'` | `{ ids: [1, 2] }` | `ids=1%202` |
 * | `'pipeDelimited'` | `{ ids: [1, 2] }` | `ids=1%7C2` |
 * | `'deepObject'` | `{ by: { age: 7 } }` | `by[age]=7`, the brackets percent-encoded |
 */
export type QueryStyle = ArrayStyle | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** One method of a client: by a path of the document, and what its operation takes. */
export interface ClientFunction<Paths extends PathsLike, Method extends ClientMethod> {
  <Path extends PathsWith<Paths, Method>>(
    path: Path,
    options: ClientCall<OperationOf<Paths, Path, Method>> & { readonly as: 'text' },
  ): Observable<ClientAnswer<OperationOf<Paths, Path, Method>, string>>;
  <Path extends PathsWith<Paths, Method>>(
    path: Path,
    options: ClientCall<OperationOf<Paths, Path, Method>> & { readonly as: 'arraybuffer' },
  ): Observable<ClientAnswer<OperationOf<Paths, Path, Method>, ArrayBuffer>>;
  <Path extends PathsWith<Paths, Method>>(
    path: Path,
    ...options: Partial<ClientCall<OperationOf<Paths, Path, Method>>> extends ClientCall<
      OperationOf<Paths, Path, Method>
    >
      ? [options?: ClientCall<OperationOf<Paths, Path, Method>>]
      : [options: ClientCall<OperationOf<Paths, Path, Method>>]
  ): Observable<ClientAnswer<OperationOf<Paths, Path, Method>>>;
}

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
 * - `query` goes into the URL, for every method: `undefined` and `null` are left out, lists and objects are written as `arrays`
 *   and `styles` say. No type tells the `style` of a parameter: copy it from the document where it has one.
 * - `header` takes the parameters of the document and any other field. Its cookies are those of the jar.
 * - An answer has the body that its status has: `ok` and `status` tell them apart, and `requireOk()` leaves the good ones.
 *   Where the document names a good answer, its `default` is a bad one. `as: 'text'` or `'arraybuffer'` is the body of all.
 * - `data` and every other option are those of `http$`. A form needs its content type in `header`; files go through
 *   `createUpload`. The platform has no PATCH.
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
  checkOptions('createClient', options, { arrays: ARRAY_STYLES, styles: 'object' });
  const { arrays = 'repeat', styles = {} } = options;
  const kinds: Record<string, typeof QUERY_STYLES> = {};
  for (const name of Object.keys(styles)) kinds[name] = QUERY_STYLES;
  checkOptions<object>('createClient: styles', styles, kinds);

  const queryText = (query: unknown, usual: ArrayStyle, refuse: Refuse): string => {
    if (!isRecord(query)) return refuse(`query must be an object of names and values; got ${kindOf(query)}`);
    const texts = Object.keys(query).map((name) => {
      const value = query[name];
      const style = has(styles, name) ? styles[name] : usual;
      const write = (fields: object, by: ArrayStyle) => encodeQuery(fields, by, refuse, 'query');
      switch (style) {
        case 'deepObject': {
          if (!isRecord(value)) return write({ [name]: value }, usual);
          const fields: Record<string, unknown> = {};
          for (const key of Object.keys(value)) fields[`${name}[${key}]`] = value[key];
          return write(fields, usual);
        }
        // A comma within an item is percent-encoded.
        case 'spaceDelimited':
          return write({ [name]: value }, 'comma').replace(/,/g, '%20');
        case 'pipeDelimited':
          return write({ [name]: value }, 'comma').replace(/,/g, '%7C');
        default:
          return write({ [name]: value }, style ?? usual);
      }
    });
    return texts.filter((text) => text !== '').join('&');
  };

  const by =
    (method: Uppercase<ClientMethod>) =>
    (template: string, given: CallByPath = {}) =>
      defer(() => {
        const { path = {}, query = {}, ...rest } = given;
        const refuse: Refuse = (what) => {
          throw new NetworkError(what, {
            code: 'invalid-argument',
            phase: 'check',
            api: 'request',
            method,
            url: template,
          });
        };
        if (!isRecord(path)) return refuse(`path must be an object of names and values; got ${kindOf(path)}`);
        const url = withQuery(filled(template, path, refuse), queryText(query, given.arrays ?? arrays, refuse));
        const { header } = rest;
        const sent = isRecord(header) ? { ...rest, header: texts(header, refuse) } : rest;
        return http$({ ...sent, method, url } as HttpRequest);
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

interface CallByPath extends Omit<HttpCallOptions, 'header'> {
  readonly path?: unknown;
  readonly query?: unknown;
  readonly data?: HttpRequest['data'];
  readonly header?: unknown;
}

const QUERY_STYLES = [...ARRAY_STYLES, 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const;

/** A header as the platform takes it: a parameter may be a number. */
function texts(header: Readonly<Record<string, unknown>>, refuse: Refuse): Record<string, string> {
  const written: Record<string, string> = {};
  for (const name of Object.keys(header)) {
    const text = fieldText(`header.${name}`, header[name], refuse);
    if (text !== undefined) written[name] = text;
  }
  return written;
}

/** The path with its names filled in. A text such as `..` would make another path of it, and an empty one, too. */
function filled(template: string, path: Readonly<Record<string, unknown>>, refuse: Refuse): string {
  return template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = has(path, name) ? path[name] : undefined;
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
