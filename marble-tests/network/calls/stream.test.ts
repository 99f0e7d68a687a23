import { map, mergeMap, NEVER, retry, tap } from 'rxjs';
import {
  createHttp,
  requireOk,
  type HttpInterceptor,
  type HttpRequest,
  type NetworkError,
  type NetworkOptions,
} from '../../../src/index.js';
import { createStream, stream$, type StreamEvent } from '../../../src/streams.js';
import { installGlobalWx, marbles, scriptedWx, timeline, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://api.example.com/chat';
const bytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text)).buffer;
const chunk = (text: string): WireMark => ({ chunk: { data: bytes(text) } });
const head = (statusCode?: number): WireMark => ({
  headers: { header: { 'Content-Type': 'text/event-stream' }, statusCode },
});
const wire = { h: head(200), a: chunk('data: '), b: chunk('hi\n\n'), r: {} };
const refusal = { h: head(401), a: chunk('{"why"'), b: chunk(':"token"}'), r: { statusCode: 401 } };
const broken = { errMsg: 'request:fail -101:net::ERR_CONNECTION_RESET', errno: 600001 };

describe('stream$', () => {
  it(
    'tells the header, then each chunk as it comes, then the answer',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('---h--a---b--b-r', wire));
      const seen: StreamEvent[] = [];

      const result$ = createStream(network)(url).pipe(tap((event) => seen.push(event)));
      expectObservable(result$.pipe(map(({ type }) => type[0]))).toBe('s--h--c---c--c-(r|)');
      flush();

      expect(wx.options[0]).toMatchObject({ enableChunked: true, responseType: 'arraybuffer', timeout: 60_000 });
      expect(seen.slice(0, 3)).toEqual([
        { type: 'sent', attempt: 1 },
        {
          type: 'headers',
          attempt: 1,
          status: 200,
          headers: { 'Content-Type': 'text/event-stream' },
          header: expect.any(Function),
        },
        { type: 'chunk', attempt: 1, data: bytes('data: ') },
      ]);
      expect(seen[1]?.type === 'headers' && seen[1].header('content-type')).toBe('text/event-stream');
      expect(seen.at(-1)).toMatchObject({ type: 'response', attempt: 1, status: 200, ok: true, body: undefined });
      expect(wx.listeners.size).toBe(0);
    }),
  );

  it(
    'brings the body of an error on the answer, decoded, and not in chunks',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network } = scriptedApp(helpers, '', () => cold<WireMark>('h-a-br', refusal));
      const errors: unknown[] = [];

      const bare = timeline(createStream(network)(url));
      createStream(network)(url)
        .pipe(requireOk())
        .subscribe({ error: ({ code, response }: NetworkError) => errors.push([code, response?.body]) });
      flush();

      expect(bare.seen).toEqual(['sent 1 @0', 'headers 1 401 @0', 'response 1 401 @5', '| @5']);
      expect(errors).toEqual([['status', { why: 'token' }]]);
    }),
  );

  it(
    'keeps no more of the body of an error than a megabyte',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const big = { ...refusal, a: chunk('x'.repeat(600_000)) };
      const { network } = scriptedApp(helpers, '', () => cold<WireMark>('haaaar', big));
      const bodies: unknown[] = [];

      createStream(network)(url).subscribe((event) => event.type === 'response' && bodies.push(event.body));
      flush();

      expect(bodies.map((body) => (body as string).length)).toEqual([600_000]);
    }),
  );

  it(
    'takes the whole as one chunk where the platform knows none, and an unknown status for a good one',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const whole = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: { data: bytes('all') } }));
      const empty = scriptedApp(helpers, '', () => cold<WireMark>('--r', { r: { data: bytes('') } }));
      const tools = scriptedApp(helpers, '', () => cold<WireMark>('har', { ...wire, h: head() }));

      const [one, none, some] = [whole, empty, tools].map(({ network }) => timeline(createStream(network)(url)));
      flush();

      expect(one?.seen).toEqual(['sent 1 @0', 'chunk 1 all @2', 'response 1 200 @2', '| @2']);
      expect(none?.seen).toEqual(['sent 1 @0', 'response 1 200 @2', '| @2']);
      expect(some?.seen).toEqual(['sent 1 @0', 'headers 1 @0', 'chunk 1 data:  @1', 'response 1 200 @2', '| @2']);
    }),
  );

  it(
    '[BG-1] is replayed until a chunk has come, and never after',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const before = scriptedApp(helpers, '-h 6s s', () => cold<WireMark>('h 6998ms ar', wire));
      const after = scriptedApp(helpers, '-h 6s s', () => cold<WireMark>('ha 6997ms br', wire));

      const replayed = timeline(createStream(before.network)(url));
      const ended = timeline(createStream(after.network)(url));
      const post = timeline(createStream(before.network)({ url, method: 'POST' }));
      flush();

      expect(replayed.seen).toEqual([
        'sent 1 @0',
        'headers 1 200 @0',
        'sent 2 @6002',
        'headers 2 200 @6002',
        'chunk 2 data:  @13001',
        'response 2 200 @13002',
        '| @13002',
      ]);
      expect(ended.seen).toEqual([
        'sent 1 @0',
        'headers 1 200 @0',
        'chunk 1 data:  @1',
        '# interrupted BG-1 request @5001',
      ]);
      expect(post.seen).toEqual(['sent 1 @0', 'headers 1 200 @0', '# interrupted BG-1 request @5001']);
    }),
  );

  it(
    'is not sent again by an interceptor either, once a chunk has come',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const again: HttpInterceptor = (request, next) => next(request).pipe(retry({ count: 2 }));
      const before = scriptedApp(helpers, '', () => cold<WireMark>('-h#', wire, broken), { interceptors: [again] });
      const after = scriptedApp(helpers, '', () => cold<WireMark>('-a#', wire, broken), { interceptors: [again] });

      const retried = timeline(createStream(before.network)(url));
      const ended = timeline(createStream(after.network)(url));
      flush();

      expect(retried.seen).toEqual([
        'sent 1 @0',
        'headers 1 200 @1',
        'sent 2 @2',
        'headers 2 200 @3',
        'sent 3 @4',
        'headers 3 200 @5',
        '# connection request @6',
      ]);
      expect(ended.seen).toEqual(['sent 1 @0', 'chunk 1 data:  @1', '# connection request @2']);
    }),
  );

  it(
    'is not begun by a call that an interceptor makes of its own',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const login: HttpInterceptor = (request, next, send) =>
        send({ url: 'https://api.example.com/login' }).pipe(
          mergeMap(() => next({ ...request, header: { token: 'new' } })),
        );
      const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('-a-r', wire), { interceptors: [login] });

      const stream = timeline(createStream(network)(url));
      flush();

      expect(stream.seen).toEqual(['sent 1 @3', 'chunk 1 data:  @4', 'response 1 200 @6', '| @6']);
      expect(wx.options.map(({ enableChunked }) => enableChunked)).toEqual([undefined, true]);
    }),
  );

  it(
    '[TIME-1] may be long, and may not be silent',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network } = scriptedApp(helpers, '', () => cold<WireMark>('h--a--a--a------a', wire));

      const stream = timeline(createStream(network)({ url, idleMs: 5 }));
      flush();

      expect(stream.seen.slice(-2)).toEqual(['chunk 1 data:  @9', '# timeout TIME-1 request @14']);
    }),
  );

  it.each<[string, NetworkOptions, HttpRequest, number]>([
    ['asks for sixty seconds where nothing bounds its silence', {}, { url }, 60_000],
    ['is cut to them then', {}, { url, attemptMs: 300_000 }, 60_000],
    ['has ten minutes where its idleMs bounds it', {}, { url, idleMs: 20_000 }, 600_000],
    ['has ten minutes where the idleMs of its network does', { idleMs: 20_000 }, { url }, 600_000],
    ['has what it asks for, and is not cut', {}, { url, idleMs: 20_000, attemptMs: 3_600_000 }, 3_600_000],
    ['has what app.json says', { networkTimeout: { request: 90_000 } }, { url, idleMs: 20_000 }, 90_000],
    ['is cut where the network says so', { maxTimeoutMs: 70_000 }, { url, idleMs: 1, attemptMs: 90_000 }, 70_000],
    ['takes less where the network says so', { maxTimeoutMs: 70_000 }, { url, idleMs: 20_000 }, 70_000],
  ])('[TIME-1] %s', (_title, options, request, timeout) => {
    marbles((helpers) => {
      const { network, wx } = scriptedApp(helpers, '', () => NEVER, { onWarning: () => undefined, ...options });
      createStream(network)(request).subscribe().unsubscribe();
      createHttp(network)({ url, idleMs: 20_000 }).subscribe().unsubscribe();

      expect(wx.options.map((option) => option.timeout)).toEqual([
        timeout,
        Math.min(options.networkTimeout?.request ?? 60_000, options.maxTimeoutMs ?? 60_000),
      ]);
    })();
  });

  it(
    '[K4.5] takes from the header what the last callback lacks',
    marbles((helpers) => {
      const { network } = scriptedApp(helpers, '', () =>
        helpers.cold<WireMark>('har', { ...wire, r: { statusCode: NaN } as WireMark }),
      );
      const stream = timeline(createStream(network)(url).pipe(requireOk()));
      helpers.flush();

      expect(stream.seen.slice(-2)).toEqual(['response 1 200 @2', '| @2']);
    }),
  );

  it.each([
    ['has no status', 'ha-r', []],
    ['never comes', '-a-r', ['chunk 1 {"why":1} @1']],
  ])('[K4.7] has the body of an error on its answer where the header %s', (_title, marks, chunks) => {
    marbles((helpers) => {
      const { network } = scriptedApp(helpers, '', () =>
        helpers.cold<WireMark>(marks, {
          h: { headers: { header: { 'Content-Type': 'application/json' } } },
          a: chunk('{"why":1}'),
          r: { statusCode: 500 },
        }),
      );
      const stream = timeline(createStream(network)(url));
      const bodies: unknown[] = [];
      createStream(network)(url)
        .pipe(requireOk())
        .subscribe({ error: ({ response }: NetworkError) => bodies.push(response?.body) });
      helpers.flush();

      expect(stream.seen.filter((entry) => entry.startsWith('chunk'))).toEqual(chunks);
      expect(bodies).toEqual([{ why: 1 }]);
    })();
  });

  it('runs over the global wx', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    stream$(url).subscribe().unsubscribe();
    expect(wx.log.map((entry) => entry.split(' ')[0])).toEqual(['sent', 'aborted']);
    remove();
  });
});
