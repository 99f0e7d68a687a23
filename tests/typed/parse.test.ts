import { firstValueFrom, of, Subject } from 'rxjs';
import * as v from 'valibot';
import { z } from 'zod';
import { NetworkError, requireOk, type HttpResponse } from '../../src/index.js';
import { httpResponse, marbles, obeysTheLaws } from '../../src/testing/index.js';
import { esModule } from './es-module.js';
import { parse, type SchemaResult, type StandardSchema } from '../../src/typed.js';

const { type } = esModule<typeof import('arktype')>('arktype');

/** A schema of one's own, by what it answers. */
function schemaOf(validate: (value: unknown) => unknown): StandardSchema {
  return { '~standard': { version: 1, vendor: 'test', validate: validate as never } };
}

const anything = schemaOf((value) => ({ value }));
const call = { api: 'request', method: 'GET', url: 'https://api.example.com/' };

describe('parse', () => {
  obeysTheLaws<HttpResponse<unknown>, HttpResponse<unknown>>(() => parse(anything), {
    values: { a: httpResponse({ body: 1 }), b: httpResponse({ body: null }), c: httpResponse({ body: undefined }) },
  });

  it.each<[string, StandardSchema]>([
    ['zod', z.object({ id: z.coerce.number() })],
    ['valibot', v.object({ id: v.pipe(v.string(), v.transform(Number)) })],
    ['arktype', type({ id: 'string.numeric.parse' })],
  ])('puts in place of a body what a schema of %s makes of it, and tells what is wrong with another', (_, schema) => {
    const answers: unknown[] = [];
    marbles(({ cold, flush }) => {
      const good = httpResponse({ body: { id: '7' } });
      cold('a', { a: good })
        .pipe(parse(schema))
        .subscribe(({ body }) => answers.push(body));
      const bad = httpResponse({ body: { id: {} } });
      cold('a', { a: bad })
        .pipe(parse(schema))
        .subscribe({ error: (error) => answers.push(error) });
      flush();
      const [parsed, error] = answers as [unknown, NetworkError];
      expect(parsed).toEqual({ id: 7 });
      expect(error).toMatchObject({ code: 'decode', phase: 'body', response: bad });
      expect(error.issues).toHaveLength(1);
      expect(error.message).toContain('the body does not fit the schema: id: ');
    })();
  });

  it(
    'keeps the rest of the answer, and the answer that came as it was',
    marbles(({ cold, expectObservable }) => {
      const came = httpResponse({ status: 201, body: '7', headers: { etag: 'a' } });
      const parsed = { ...came, body: 7 };
      expectObservable(cold('--a|', { a: came }).pipe(parse(schemaOf((value) => ({ value: Number(value) }))))).toBe(
        '--p|',
        { p: parsed },
      );
      expect(came.body).toBe('7');
    }),
  );

  it(
    'names the first of what is wrong, and says how much more there is',
    marbles(({ cold, expectObservable }) => {
      const issues = [
        { message: 'expected a text', path: ['items', { key: 0 }, 'id'] },
        { message: 'expected a number' },
      ];
      const response = httpResponse({ body: {} });
      expectObservable(cold('--a', { a: response }).pipe(parse(schemaOf(() => ({ issues }))))).toBe(
        '--#',
        undefined,
        new NetworkError('the body does not fit the schema: items.0.id: expected a text, and 1 more', {
          ...call,
          code: 'decode',
          phase: 'body',
          response,
          issues,
        }),
      );
    }),
  );

  it(
    'says of a bad status that requireOk() belongs in front',
    marbles(({ cold, expectObservable }) => {
      const response = httpResponse({ status: 500, body: '<html>' });
      const issues = [{ message: 'expected an object' }];
      const source = cold('--a', { a: response });
      const advice = '; the server answered with status 500: put requireOk() in front';
      expectObservable(source.pipe(parse(schemaOf(() => ({ issues }))))).toBe(
        '--#',
        undefined,
        new NetworkError(`the body does not fit the schema: expected an object${advice}`, {
          ...call,
          code: 'decode',
          phase: 'body',
          response,
          issues,
        }),
      );
      expectObservable(source.pipe(requireOk(), parse(schemaOf(() => ({ issues }))))).toBe(
        '--#',
        undefined,
        new NetworkError('the server answered with status 500', {
          ...call,
          code: 'status',
          rule: 'CB-1',
          phase: 'body',
          response,
        }),
      );
    }),
  );

  it.each<[string, () => unknown, string, unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'the schema threw',
      new Error('broken'),
    ],
    ['answers nothing', () => undefined, 'the body does not fit the schema: no reason', undefined],
    ['answers null', () => null, 'the body does not fit the schema: no reason', undefined],
    [
      'answers an empty list of issues',
      () => ({ issues: [] }),
      'the body does not fit the schema: no reason',
      undefined,
    ],
  ])('is a decode error where a schema %s', (_, validate, what, cause) => {
    marbles(({ cold, expectObservable }) => {
      const response = httpResponse({ body: 1 });
      const error = new NetworkError(what, { ...call, code: 'decode', phase: 'body', response, issues: [], cause });
      expectObservable(cold('--a', { a: response }).pipe(parse(schemaOf(validate)))).toBe('--#', undefined, error);
    })();
  });

  it(
    'lets events on the way to an answer pass',
    marbles(({ cold, expectObservable }) => {
      const events = { p: { type: 'progress', percent: 50 }, r: { ...httpResponse({ body: '7' }), type: 'response' } };
      expectObservable(cold('-p-r|', events).pipe(parse(schemaOf((value) => ({ value: Number(value) }))))).toBe(
        '-p-R|',
        {
          p: events.p,
          R: { ...events.r, body: 7 },
        },
      );
    }),
  );

  it('waits for an asynchronous schema, in order, and not when it has been left', async () => {
    const waiting: ((result: SchemaResult<unknown>) => void)[] = [];
    const slow = schemaOf(() => new Promise((resolve) => waiting.push(resolve)));
    const bodies: unknown[] = [];
    const errors: unknown[] = [];
    const source$ = new Subject<ReturnType<typeof httpResponse<unknown>>>();
    const subscription = source$
      .pipe(parse(slow))
      .subscribe({ next: ({ body }) => bodies.push(body), error: (error) => errors.push(error) });
    source$.next(httpResponse({ body: 1 }));
    source$.next(httpResponse({ body: 2 }));
    expect(waiting).toHaveLength(1);
    waiting[0]?.({ value: 'one' });
    await new Promise(setImmediate);
    expect(bodies).toEqual(['one']);
    expect(waiting).toHaveLength(2);
    subscription.unsubscribe();
    waiting[1]?.({ value: 'two' });
    await new Promise(setImmediate);
    expect([bodies, errors]).toEqual([['one'], []]);
  });

  it('makes the rejection of an asynchronous schema a decode error', async () => {
    const failing = firstValueFrom(
      of(httpResponse()).pipe(parse(schemaOf(() => Promise.reject(new Error('no'))))),
    ) as Promise<unknown>;
    await expect(failing).rejects.toMatchObject({ code: 'decode', what: 'the schema threw', cause: new Error('no') });
  });

  it.each<[string, unknown, string]>([
    ['without a path', { message: 'no' }, 'no'],
    ['without a message', {}, 'no reason'],
    ['of the whole', { message: 'no', path: [] }, 'no'],
    ['at a symbol', { message: 'no', path: [Symbol('s'), { key: 1 }] }, 'Symbol(s).1: no'],
  ])('takes an issue %s', (_, issue, said) => {
    const errors: unknown[] = [];
    of(httpResponse())
      .pipe(parse(schemaOf(() => ({ issues: [issue] }))))
      .subscribe({ error: (error: NetworkError) => errors.push(error.what, error.issues) });
    expect(errors).toEqual([`the body does not fit the schema: ${said}`, [issue]]);
  });

  it('takes a thenable of any library, and one that throws', async () => {
    const then = (done: (result: unknown) => void) => done({ value: 'then' });
    const thenable = of(httpResponse()).pipe(parse(schemaOf(() => ({ then }))));
    await expect(firstValueFrom(thenable)).resolves.toMatchObject({ body: 'then' });
    const callable = of(httpResponse()).pipe(parse(schemaOf(() => Object.assign(() => undefined, { then }))));
    await expect(firstValueFrom(callable)).resolves.toMatchObject({ body: 'then' });
    const broken = of(httpResponse()).pipe(
      parse(
        schemaOf(() => ({
          then() {
            throw new Error('broken');
          },
        })),
      ),
    );
    await expect(firstValueFrom(broken)).rejects.toMatchObject({ code: 'decode', what: 'the schema threw' });
  });

  it('goes on asking a schema after one has thrown: each subscription by itself', () => {
    let times = 0;
    const moody = schemaOf((value) => {
      if (times++ === 0) throw new Error('first');
      return { value };
    });
    const parsed$ = of(httpResponse({ body: 1 })).pipe(parse(moody));
    const seen: unknown[] = [];
    for (let turn = 0; turn < 2; turn++) {
      parsed$.subscribe({ next: ({ body }) => seen.push(body), error: ({ code }: NetworkError) => seen.push(code) });
    }
    expect(seen).toEqual(['decode', 1]);
  });

  it.each([[undefined], [null], [{}], [{ '~standard': {} }], ['zod']])('refuses %p', (schema) => {
    expect(() => parse(schema as never)).toThrow(
      new TypeError('parse: expected a Standard Schema: zod 3.24, valibot 1, arktype 2'),
    );
  });
});
