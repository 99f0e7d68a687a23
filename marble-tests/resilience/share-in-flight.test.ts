import fc from 'fast-check';
import { asyncScheduler, map, mergeMap, NEVER, Subscription, timer, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  type HttpInterceptor,
  type HttpRequest,
  type HttpResponse,
  type NetworkError,
  type NetworkOptions,
  type Priority,
  type WxRequestOption,
} from '../../src/index.js';
import { followNetwork, loginOnce, shareInFlight, whenOffline } from '../../src/resilience.js';
import { createStream } from '../../src/streams.js';
import { json, marbles, scriptedWx, type WireMark } from '../../src/testing/index.js';

const url = 'https://api.example.com/me';

const sharingApp = (
  answers: (option: WxRequestOption) => Observable<WireMark>,
  options: Omit<NetworkOptions, 'wx'> = {},
) => {
  const wx = scriptedWx(answers);
  const network = createNetwork({ wx, interceptors: [shareInFlight()], ...options });
  return { wx, network, http$: createHttp(network) };
};

const keyed = { method: 'POST', idempotencyKey: 'a' } as const;
const bodyOf = map(({ body }: HttpResponse<unknown>) => body);
const after = <T>(ms: number, source$: Observable<T>) => timer(ms).pipe(mergeMap(() => source$));

/** How many interleavings are tried. */
const FLIGHTS = Number(process.env['SHARED_FLIGHTS'] ?? 200);

describe('shareInFlight', () => {
  it(
    'makes one call of those that ask for the same at the same time',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(() => helpers.cold('-----r|', { r: { data: '7' } }));
      helpers.expectObservable(http$(url).pipe(bodyOf)).toBe('-----(r|)', { r: 7 });
      helpers.expectObservable(after(2, http$.get(url).pipe(bodyOf))).toBe('-----(r|)', { r: 7 });
      helpers.flush();
      expect(wx.log).toEqual(['sent @0']);
    }),
  );

  it(
    'is no cache: what is asked in the turn of the answer is a call of its own',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(() => helpers.cold('-----r|', { r: { data: '7' } }));
      const again$ = http$(url).pipe(mergeMap(() => http$(url).pipe(bodyOf)));
      helpers.expectObservable(again$).toBe('10ms (r|)', { r: 7 });
      helpers.flush();
      expect(wx.log).toEqual(['sent @0', 'sent @5']);
    }),
  );

  it(
    'aborts when the last one leaves, and not before',
    marbles((helpers) => {
      const { http$, wx, network } = sharingApp(() => NEVER);
      helpers.expectObservable(http$(url), '^--!').toBe('-');
      helpers.expectObservable(http$(url), '-^----!').toBe('-');
      helpers.expectObservable(after(9, http$(url)), '^---------!').toBe('-');
      helpers.flush();
      expect(wx.log).toEqual(['sent @0', 'aborted @6', 'sent @9', 'aborted @10']);
      expect(network.requestQueue.snapshot().running).toBe(0);
    }),
  );

  it(
    'goes on for the others when the first leaves',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(() => helpers.cold('-----r|', { r: { data: '7' } }));
      helpers.expectObservable(http$(url), '^--!').toBe('-');
      helpers.expectObservable(http$(url).pipe(bodyOf)).toBe('-----(r|)', { r: 7 });
      helpers.flush();
      expect(wx.log).toEqual(['sent @0']);
    }),
  );

  it(
    'raises the call when one joins with a higher priority, and never lowers it',
    marbles((helpers) => {
      const order: string[] = [];
      const { http$ } = sharingApp(
        ({ url }) => {
          order.push(url.slice(-1));
          return helpers.cold('--r|', { r: {} });
        },
        { concurrency: 1 },
      );
      const call = (name: string, priority: HttpRequest['priority']) =>
        http$({ url: `https://api.example.com/${name}`, priority }).subscribe();
      call('a', 'normal');
      call('b', 'low');
      call('c', 'normal');
      call('d', 'high');
      call('b', 'high');
      call('d', 'low');
      helpers.flush();
      expect(order.join('')).toBe('adbc');
    }),
  );

  it(
    'raises a call that has not been made yet, as others stand between',
    marbles((helpers) => {
      const order: string[] = [];
      const { http$ } = sharingApp(
        ({ url }) => {
          order.push(url.slice(-1));
          return helpers.cold('--r|', { r: {} });
        },
        {
          concurrency: 1,
          interceptors: [shareInFlight(), (request, next) => after(5, next(request))],
        },
      );
      for (const name of ['a', 'b', 'c'])
        http$({ url: `https://api.example.com/${name}`, priority: 'low' }).subscribe();
      http$({ url: 'https://api.example.com/c', priority: 'high' }).subscribe();
      helpers.flush();
      expect(order.join('')).toBe('acb');
    }),
  );

  it(
    'keeps the totalMs of each',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(() => helpers.cold('---------r|', { r: { data: '7' } }));
      const codes: string[] = [];
      const note = (name: string) => (error: NetworkError) => codes.push(`${name} ${error.code} ${error.phase}`);
      http$({ url, totalMs: 4 }).subscribe({ error: note('short') });
      helpers.expectObservable(http$({ url, totalMs: 40 }).pipe(bodyOf)).toBe('---------(r|)', { r: 7 });
      helpers.expectObservable(after(2, http$(url).pipe(bodyOf))).toBe('---------(r|)', { r: 7 });
      helpers.flush();
      expect(codes).toEqual(['short timeout total']);
      expect(wx.log).toEqual(['sent @0']);
    }),
  );

  it(
    'begins the call anew for those who came later, where maxWaitMs is over for the first',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(
        ({ url }) => helpers.cold(url.endsWith('busy') ? '---------r|' : '-r|', { r: { data: '7' } }),
        { concurrency: 1, maxWaitMs: 6 },
      );
      const told: string[] = [];
      http$('https://api.example.com/busy').subscribe();
      http$(url).subscribe({ error: ({ phase }: NetworkError) => told.push(`first ${phase}`) });
      http$(url).subscribe({ error: ({ phase }: NetworkError) => told.push(`same time ${phase}`) });
      after(4, http$(url)).subscribe(({ body }) => told.push(`later ${String(body)}`));
      helpers.flush();
      expect(told).toEqual(['first wait', 'same time wait', 'later 7']);
      expect(wx.log).toHaveLength(2);
    }),
  );

  it(
    'gives each a body of its own, bytes too',
    marbles((helpers) => {
      const { http$ } = sharingApp(({ responseType }) =>
        helpers.cold('-r|', {
          r: { data: responseType === 'arraybuffer' ? new Uint8Array([1, 2]).buffer : '{"list":[{"a":1}]}' },
        }),
      );
      interface Body {
        readonly list: { a: number }[];
      }
      const bodies: Body[] = [];
      const bytes: ArrayBuffer[] = [];
      for (let sharer = 0; sharer < 3; sharer++) {
        http$<Body>(url).subscribe(({ body }) => {
          bodies.push({ list: [...body.list.map((item) => ({ ...item }))] });
          body.list[0]!.a = 9;
          body.list.push({ a: 2 });
        });
        http$<ArrayBuffer>({ url, as: 'arraybuffer' }).subscribe(({ body }) => bytes.push(body));
      }
      helpers.flush();
      expect(bodies).toEqual(Array(3).fill({ list: [{ a: 1 }] }));
      expect(new Set(bytes).size).toBe(3);
      expect([...new Uint8Array(bytes[2]!)]).toEqual([1, 2]);
    }),
  );

  it(
    '[K3] gives each a body with every field, one called __proto__ too',
    marbles((helpers) => {
      const data = '{"a":{"__proto__":{"b":1}},"__proto__":2}';
      const { http$ } = sharingApp(() => helpers.cold('-r|', { r: { data } }));
      const bodies: string[] = [];
      for (let sharer = 0; sharer < 2; sharer++) http$(url).subscribe(({ body }) => bodies.push(JSON.stringify(body)));
      helpers.flush();
      expect(bodies).toEqual([data, data]);
    }),
  );

  it(
    'gives one error to all',
    marbles((helpers) => {
      const { http$ } = sharingApp(() => helpers.cold('-#', {}, { errMsg: 'request:fail timeout' }));
      const errors: unknown[] = [];
      for (let sharer = 0; sharer < 2; sharer++) http$(url).subscribe({ error: (error) => errors.push(error) });
      helpers.flush();
      expect(errors).toHaveLength(2);
      expect(errors[0]).toBe(errors[1]);
    }),
  );

  it(
    'calls anew after an error',
    marbles((helpers) => {
      const { http$, wx } = sharingApp(() => helpers.cold('-#', {}, { errMsg: 'request:fail timeout' }));
      http$(url).subscribe({ error: () => http$(url).subscribe({ error: () => undefined }) });
      helpers.flush();
      expect(wx.log).toEqual(['sent @0', 'sent @1']);
    }),
  );

  describe.each<[string, Omit<HttpRequest, 'url'>, Omit<HttpRequest, 'url'>, number]>([
    ['the same query in another order', { data: { a: 1, b: 2 } }, { data: { b: 2, a: 1 } }, 1],
    ['the same data in another order', { ...keyed, data: { a: 1, b: [{}] } }, { ...keyed, data: { b: [{}], a: 1 } }, 1],
    ['the same header in another case', { header: { 'X-A': '1' } }, { header: { 'x-a': '1' } }, 1],
    ['other priorities and deadlines', { priority: 'low', totalMs: 9 }, { priority: 'high', totalMs: 8 }, 1],
    ['other data', { data: { a: 1 } }, { data: { a: '1' } }, 2],
    ['data that is spelt alike', { ...keyed, data: { a: ['b'] } }, { ...keyed, data: { a: '["b"]' } }, 2],
    [
      'lists that are written otherwise',
      { data: { a: [1, 2] }, arrays: 'repeat' },
      { data: { a: [1, 2] }, arrays: 'comma' },
      2,
    ],
    [
      'POST with the same key in the header only',
      { method: 'POST', header: { 'idempotency-key': 'a' } },
      { method: 'POST', header: { 'Idempotency-Key': 'a' } },
      2,
    ],
    ['a method in another case', { method: 'get' as never }, { method: 'GET' }, 1],
    ['GET and POST with one key', { method: 'GET', idempotencyKey: 'a' }, { method: 'POST', idempotencyKey: 'a' }, 2],
    ['another header', { header: { a: '1' } }, { header: { a: '2' } }, 2],
    ['another kind of body', { as: 'text' }, { as: 'json' }, 2],
    ['another charset', { charset: 'utf-8' }, {}, 2],
    ['another deadline of the attempt', { attemptMs: 9_000 }, {}, 2],
    ['another way in the background', { background: 'refuse' }, { background: 'hold' }, 2],
    ['options of the platform', { platform: { enableHttp2: true } }, {}, 2],
    ['the same data but for a field that is not sent', { data: { a: 1, b: undefined } }, { data: { a: 1 } }, 1],
    [
      'data with a name that objects have',
      { ...keyed, data: JSON.parse('{"__proto__":1}') as object },
      { ...keyed, data: JSON.parse('{"__proto__":2}') as object },
      2,
    ],
    [
      'a date and its text, which go out alike',
      { ...keyed, data: { a: new Date(0) } },
      { ...keyed, data: { a: new Date(0).toJSON() } },
      1,
    ],
    ['a number that JSON has not', { ...keyed, data: { a: NaN } }, { ...keyed, data: { a: NaN } }, 2],
    ['bytes', { ...keyed, data: new ArrayBuffer(1) }, { ...keyed, data: new ArrayBuffer(1) }, 2],
    ['a parser of the own', { parseJson: (text) => text }, { parseJson: (text) => text }, 2],
    ['POST', { method: 'POST' }, { method: 'POST' }, 2],
    ['POST with other keys', { method: 'POST', idempotencyKey: 'a' }, { method: 'POST', idempotencyKey: 'b' }, 2],
    ['POST with the same key', { method: 'POST', idempotencyKey: 'a' }, { method: 'POST', idempotencyKey: 'a' }, 1],
    ['GET and HEAD', { method: 'GET' }, { method: 'HEAD' }, 2],
  ])('%s', (_, one, other, calls) => {
    it(
      calls === 1 ? 'is one call' : 'is two calls',
      marbles((helpers) => {
        const { http$, wx } = sharingApp(() => helpers.cold('-r|', { r: { data: '1' } }));
        for (const options of [one, other]) http$({ url, ...options }).subscribe({ error: () => undefined });
        helpers.flush();
        expect(wx.log).toHaveLength(calls);
      }),
    );
  });

  it(
    'refuses without a network who wants that, although another waits for the same',
    marbles((helpers) => {
      const { simulator, server, flush } = helpers;
      server.get(url).alwaysReplies('r|', { r: json('me') });
      simulator.setNetwork('none');
      const network = createNetwork({ wx: simulator.wx, interceptors: [shareInFlight()] });
      const http$ = createHttp(network);
      followNetwork(network, { spreadMs: 1 });
      flush();
      const told: string[] = [];
      const watch = (name: string, more: Omit<HttpRequest, 'url'>) =>
        http$({ url, ...more }).subscribe({
          next: () => told.push(name),
          error: ({ code }: NetworkError) => told.push(`${name} ${code}`),
        });
      watch('waits', {});
      watch('refused', whenOffline('refuse'));
      watch('refused, too', whenOffline('refuse'));
      watch('waits, too', {});
      flush();
      expect(told).toEqual(['refused offline', 'refused, too offline']);
      simulator.setNetwork('wifi');
      flush();
      expect(told.slice(2)).toEqual(['waits', 'waits, too']);
      expect(server.get(url).requests.length).toBeLessThan(2);
    }),
  );

  it(
    'lets one leave in the turn of the answer, itself or another, where the phone answers at once, too',
    marbles((helpers) => {
      for (const marblesOfAnswer of ['--r|', '(r|)']) {
        const { http$, network } = sharingApp(() => helpers.cold(marblesOfAnswer, { r: { data: '1' } }));
        const told: string[] = [];
        const subscriptions: Subscription[] = [];
        for (const name of ['a', 'b', 'c']) {
          const subscription = new Subscription();
          subscriptions.push(subscription);
          subscription.add(
            http$(url).subscribe({
              next: () => {
                told.push(name);
                subscription.unsubscribe();
                if (name === 'a') subscriptions[1]?.unsubscribe();
              },
              complete: () => told.push(`${name}|`),
            }),
          );
        }
        helpers.flush();
        expect(told).toEqual(['a', 'c']);
        expect(network.requestQueue.snapshot()).toMatchObject({ running: 0 });
      }
    }),
  );

  it(
    'asks keyOf: with the user in the key, another user is another call',
    marbles((helpers) => {
      let user = 'ann';
      const usuals: unknown[] = [];
      const { http$, wx } = sharingApp(() => helpers.cold('-r|', { r: {} }), {
        interceptors: [
          shareInFlight({
            keyOf: (_request, usual) => {
              usuals.push(typeof usual);
              return usual && `${user} ${usual}`;
            },
          }),
        ],
      });
      http$(url).subscribe();
      user = 'bob';
      http$(url).subscribe();
      http$.post(url).subscribe();
      helpers.flush();
      expect(wx.log).toHaveLength(3);
      expect(usuals).toEqual(['string', 'string', 'undefined']);
    }),
  );

  it(
    'lets uploads, downloads and streams pass',
    marbles((helpers) => {
      const { network, wx } = sharingApp(() => helpers.cold('-r|', { r: { data: '' } }), {
        interceptors: [shareInFlight({ keyOf: () => 'all' })],
      });
      for (let call = 0; call < 2; call++) {
        createUpload(network)({ url, filePath: 'wxfile://photo', name: 'photo' }).subscribe();
        createDownload(network)(url).subscribe();
        createStream(network)(url).subscribe();
      }
      helpers.flush();
      expect(wx.log.filter((line) => line.startsWith('sent'))).toHaveLength(6);
    }),
  );

  it(
    'works with a login behind it: one call, sent again once',
    marbles((helpers) => {
      let loggedIn = false;
      const { http$, wx } = sharingApp(
        () => helpers.cold('-r|', { r: { statusCode: loggedIn ? 200 : 401, data: '7' } }),
        { interceptors: [shareInFlight(), loginOnce(() => timer(2).pipe(map(() => (loggedIn = true))))] },
      );
      const statuses: number[] = [];
      for (let sharer = 0; sharer < 3; sharer++) http$(url).subscribe(({ status }) => statuses.push(status));
      helpers.flush();
      expect(statuses).toEqual([200, 200, 200]);
      expect(wx.log).toHaveLength(2);
    }),
  );

  it('runs one call at a time, answers all who stay, and aborts with the last, however they come and go', () => {
    // Calls come at 4k, leave at 4k + 1, and are answered at 4k + 2: which of two comes first is never open.
    const step = fc.record({
      comesAt: fc.nat(12).map((at) => at * 4),
      staysFor: fc.option(fc.nat(8), { nil: undefined }),
      priority: fc.constantFrom<Priority>('low', 'normal', 'high'),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), fc.nat(6), (calls, answersIn) => {
        const latencyMs = answersIn * 4 + 2;
        const answers = new Map<number, number>();
        let log: string[] = [];
        marbles((helpers) => {
          const { http$, wx, network } = sharingApp(() => timer(latencyMs).pipe(map(() => ({ data: '7' }))));
          calls.forEach(({ comesAt, staysFor, priority }, index) => {
            const call = after(comesAt, http$({ url, priority })).subscribe(() =>
              answers.set(index, asyncScheduler.now()),
            );
            if (staysFor !== undefined) timer(comesAt + staysFor * 4 + 1).subscribe(() => call.unsubscribe());
          });
          helpers.flush();
          log = wx.log;
          expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
        })();
        const model = expectedOf(calls, latencyMs);
        expect(log).toEqual(model.log);
        expect([...answers].sort(([a], [b]) => a - b)).toEqual(model.answers);
      }),
      { numRuns: FLIGHTS },
    );
  });

  it.each([
    ['marks requests for itself', [shareInFlight()], 1],
    ['and for nobody else', [], 0],
  ])('%s', (_, interceptors, marks) => {
    marbles((helpers) => {
      const seen: number[] = [];
      const look: HttpInterceptor = (request, next) => {
        seen.push(Object.getOwnPropertySymbols(request).length);
        return next(request);
      };
      const { http$ } = sharingApp(() => helpers.cold('-r|', { r: {} }), { interceptors: [look, ...interceptors] });
      http$(url).subscribe();
      helpers.flush();
      expect(seen).toEqual([marks]);
    })();
  });

  it('refuses what makes no sense', () => {
    expect(() => shareInFlight({ key: 1 } as never)).toThrow("shareInFlight: Unknown option 'key'");
  });
});

/** What there should be, by the plainest of means: every moment, one after the other. */
function expectedOf(
  calls: readonly { readonly comesAt: number; readonly staysFor: number | undefined }[],
  latencyMs: number,
): { readonly log: string[]; readonly answers: [number, number][] } {
  const log: string[] = [];
  const answers: [number, number][] = [];
  let sentAt: number | undefined;
  let sharers: number[] = [];
  for (let now = 0; now < 200; now++) {
    calls.forEach(({ comesAt }, index) => {
      if (comesAt !== now) return;
      if (sentAt === undefined) log.push(`sent @${(sentAt = now)}`);
      sharers.push(index);
    });
    const stay = sharers.filter((index) => {
      const { comesAt, staysFor } = calls[index]!;
      return staysFor === undefined || comesAt + staysFor * 4 + 1 !== now;
    });
    if (sharers.length > 0 && stay.length === 0) {
      log.push(`aborted @${now}`);
      sentAt = undefined;
    }
    sharers = stay;
    if (sentAt !== undefined && now === sentAt + latencyMs) {
      sharers.forEach((index) => answers.push([index, now]));
      sharers = [];
      sentAt = undefined;
    }
  }
  return { log, answers: answers.sort(([a], [b]) => a - b) };
}
