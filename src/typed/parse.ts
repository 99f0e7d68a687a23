import { catchError, concatMap, defer, map, type Observable } from 'rxjs';
import { decodeError } from '../platform/decode.js';
import type { HttpResponse } from '../platform/http-response.js';
import { isPromise } from '../platform/is-promise.js';
import type { SchemaIssue } from '../platform/network-error.js';
import type { SchemaOutput, SchemaResult, StandardSchema } from './standard-schema.js';

/** The same answer with another body; events on the way to an answer stay as they are. */
export type ParsedAnswer<Value, Body> =
  Value extends HttpResponse<unknown> ? Omit<Value, 'body'> & { readonly body: Body } : Value;

/**
 * Checks the body of an answer by a schema, and puts what the schema makes of it in its place.
 *
 * ```text
 * source  --a--b|      a: { id: '7' }, b: { id: null }
 * result  --A--#       A: { id: 7 }; #: decode, with issues
 * ```
 *
 * Any library that follows Standard Schema will do: zod from 3.24, valibot from 1, arktype from 2. A schema may be
 * asynchronous: the answer comes when it is done, and a subscriber that leaves does not wait for it. Events on the way to an answer, such as
 * progress, pass. Every body is checked, whatever the status: put `requireOk()` in front.
 *
 * @example
 * ```ts
 * const Items = z.array(z.object({ id: z.string(), title: z.string() }));
 *
 * http$.get('/items').pipe(requireOk(), parse(Items)).subscribe(({ body }) => page.setData({ items: body }));
 * ```
 *
 * @throws TypeError for what is no schema.
 * @returns An operator that errors with `decode`: `issues` says what is wrong, and where; `response` is the answer as it came.
 */
export function parse<Schema extends StandardSchema>(
  schema: Schema,
): <Value extends HttpResponse<unknown> | { readonly type: string }>(
  source: Observable<Value>,
) => Observable<ParsedAnswer<Value, SchemaOutput<Schema>>> {
  const { '~standard': standard } = Object(schema) as StandardSchema;
  const { validate } = Object(standard) as Partial<typeof standard>;
  if (typeof validate !== 'function') {
    throw new TypeError('parse: expected a Standard Schema: zod 3.24, valibot 1, arktype 2');
  }

  return <Value extends HttpResponse<unknown> | { readonly type: string }>(source: Observable<Value>) =>
    source.pipe(
      concatMap((response) => {
        if (!('ok' in response)) return [response];
        const refused = (what: string, issues: readonly SchemaIssue[] = [], cause?: unknown): never => {
          const advice = response.ok
            ? ''
            : `; the server answered with status ${response.status}: put requireOk() in front`;
          throw decodeError(response, what + advice, undefined, cause).as({ issues });
        };
        return defer(() => {
          const result = standard.validate(response.body);
          return isPromise(result) ? result : [result];
        }).pipe(
          catchError((cause: unknown) => refused('the schema threw', [], cause)),
          map((result: SchemaResult<unknown> | null | undefined) => {
            const { issues } = result ?? {};
            if (result && !issues && 'value' in result) return { ...response, body: result.value };
            return refused(`the body does not fit the schema: ${shown(issues)}`, issues);
          }),
        );
      }),
    ) as Observable<ParsedAnswer<Value, SchemaOutput<Schema>>>;
}

/** `items.0.id: expected a text, and 2 more`. */
function shown([{ message = 'no reason', path = [] } = {}, ...others]: readonly Partial<SchemaIssue>[] = []): string {
  const where = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return (where && `${where}: `) + message + (others.length > 0 ? `, and ${others.length} more` : '');
}
