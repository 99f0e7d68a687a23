import { catchError, concatMap, defer, map, of, throwError, type Observable } from 'rxjs';
import type { HttpResponse } from '../platform/http-response.js';
import { isPromise } from '../platform/is-promise.js';
import { NetworkError, type SchemaIssue } from '../platform/network-error.js';
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
 * asynchronous: the answer comes when it is done, and who leaves does not wait for it. Events on the way to an answer, such as
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
  const standard = (schema as Partial<StandardSchema> | null | undefined)?.['~standard'];
  if (typeof standard?.validate !== 'function') {
    throw new TypeError(
      'parse: expected a schema that follows Standard Schema, such as one of zod 3.24, valibot 1 or arktype 2, or a later one',
    );
  }

  return <Value extends HttpResponse<unknown> | { readonly type: string }>(source: Observable<Value>) =>
    source.pipe(
      concatMap((answer) => {
        if (!isAnswer(answer)) return of(answer);
        return defer(() => {
          const result = standard.validate(answer.body);
          return isPromise(result) ? result : of(result);
        }).pipe(
          catchError((cause: unknown) => throwError(() => failure(answer, 'the schema threw', [], cause))),
          map((result) => ({ ...answer, body: valueOf(result, answer) })),
        );
      }),
    ) as Observable<ParsedAnswer<Value, SchemaOutput<Schema>>>;
}

function isAnswer(value: HttpResponse<unknown> | { readonly type: string }): value is HttpResponse<unknown> {
  return 'ok' in value;
}

function valueOf(result: SchemaResult<unknown> | null | undefined, answer: HttpResponse<unknown>): unknown {
  if (result?.issues) {
    const [first, ...others] = result.issues;
    const more = others.length === 0 ? '' : `, and ${others.length} more; see issues`;
    throw failure(
      answer,
      `the body is not what the schema says: ${first ? shown(first) : 'no reason given'}${more}`,
      result.issues,
    );
  }
  if (result && 'value' in result) return result.value;
  throw failure(answer, 'the schema answered neither with a value nor with issues', []);
}

/** `items.0.id: expected a text`. */
function shown({ message, path = [] }: SchemaIssue): string {
  const where = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return where === '' ? message : `${where}: ${message}`;
}

function failure(
  response: HttpResponse<unknown>,
  what: string,
  issues: readonly SchemaIssue[],
  cause?: unknown,
): NetworkError {
  const { api = 'request', method, url, ok, status } = response;
  const advice = ok ? '' : `; the status is ${status}: put requireOk() in front of parse()`;
  return new NetworkError(what + advice, { code: 'decode', phase: 'body', api, method, url, response, issues, cause });
}
