import { defer, firstValueFrom, from, map, mergeMap, NEVER, retry, throwError, timer, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  takeUntilUnload,
  type NetworkOptions,
  type WxFailure,
  type WxRequestOption,
} from '../../src/index.js';
import { networkEvents$, type InspectEvent } from '../../src/inspect.js';
import { shareInFlight } from '../../src/resilience.js';
import { createStream } from '../../src/streams.js';
import { json, marbles, scriptedWx, text, type MarbleHelpers, type WireMark } from '../../src/testing/index.js';

const BASE = 'https://api.example.com';

/** An app, and what is told of it: each event as a line without what is the same in all. */
function watchedApp(
  { app }: MarbleHelpers,
  lane: string,
  answers: (option: WxRequestOption) => Observable<WireMark>,
  options: Omit<NetworkOptions, 'wx'> = {},
) {
  const network = createNetwork({
    wx: scriptedWx(answers, { app$: app(lane) }),
    baseUrl: BASE,
    onWarning: () => undefined,
    ...options,
  });
  const events: InspectEvent[] = [];
  const life = networkEvents$(network).subscribe((event) => events.push(event));
  return { network, http$: createHttp(network), stream$: createStream(network), events, life };
}

const OK: WireMark = { statusCode: 200, data: '{}', header: { 'Content-Type': 'application/json' } };
const after = (ms: number, mark: WireMark = OK) => timer(ms).pipe(map(() => mark));
const failing = (ms: number, failure: WxFailure) => timer(ms).pipe(mergeMap(() => throwError(() => failure)));
const REFUSED: WxFailure = { errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED' };
const ofCalls = (events: readonly InspectEvent[]) =>
  events.flatMap((event) => ('call' in event ? [`${event.atMs} ${event.call} ${event.type}`] : []));
const typesOf = (events: readonly InspectEvent[]) => events.map(({ type }) => type);
const one = <Type extends InspectEvent['type']>(events: readonly InspectEvent[], type: Type) =>
  events.find((event): event is Extract<InspectEvent, { readonly type: Type }> => event.type === type);

describe('networkEvents$', () => {
  it(
    'tells of a call from its beginning to its end',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => after(5));
      http$({ url: '/feed?page=2&token=abc#top', header: { Accept: '*/*', Authorization: 'Bearer abc' } }).subscribe();

      helpers.flush();
      expect(ofCalls(events)).toEqual(['0 1 called', '0 1 sent', '5 1 answered', '5 1 decoded', '5 1 completed']);
      expect(one(events, 'called')).toEqual({
        type: 'called',
        atMs: 0,
        call: 1,
        client: 'http$',
        api: 'request',
        method: 'GET',
        url: 'https://api.example.com/feed?page=***&token=***',
        priority: 'normal',
        background: 'hold',
        parent: undefined,
      });
      expect(one(events, 'sent')).toMatchObject({
        attempt: 1,
        headers: { Accept: '*/*', Authorization: '***' },
        running: 1,
        overtaken: 0,
        attemptMs: 60_000,
      });
      expect(one(events, 'answered')).toMatchObject({ status: 200, size: 2, durationMs: 5 });
      expect(one(events, 'completed')).toMatchObject({ from: 'network', status: 200 });
    }),
  );

  it(
    'tells who waits, behind how many, and whom another has overtaken',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => after(10), { concurrency: 1 });
      http$('/1').subscribe();
      http$('/2').subscribe();
      http$('/3').subscribe();
      http$({ url: '/4', priority: 'high' }).subscribe();

      helpers.flush();
      expect(ofCalls(events).filter((line) => /queued|overtaken|sent/.test(line))).toEqual([
        '0 1 sent',
        '0 2 queued',
        '0 3 queued',
        '0 4 queued',
        '10 2 overtaken',
        '10 3 overtaken',
        '10 4 sent',
        '20 2 sent',
        '30 3 sent',
      ]);
      expect(events.flatMap((event) => (event.type === 'queued' ? [[event.waiting, event.running]] : []))).toEqual([
        [0, 1],
        [1, 1],
        [2, 1],
      ]);
      expect(events.flatMap((event) => (event.type === 'sent' ? [event.overtaken] : []))).toEqual([0, 0, 1, 1]);
      expect(one(events, 'overtaken')).toMatchObject({ call: 2, by: 4 });
    }),
  );

  it(
    '[BG-1] [BG-2] tells what the background holds, cuts and lets replay',
    marbles((helpers) => {
      const lane = '1s h 6s s';
      const { http$, events } = watchedApp(helpers, lane, () => after(9_000), { concurrency: 1 });
      http$('/1').subscribe();
      http$('/2').subscribe({ error: () => undefined });

      helpers.flush();
      expect(events.slice(0, 15).map((event) => [event.atMs, event.type])).toEqual([
        [0, 'lifecycle'],
        [0, 'network'],
        [0, 'called'],
        [0, 'sent'],
        [0, 'called'],
        [0, 'queued'],
        [1_000, 'queue-paused'],
        [1_000, 'held'],
        [1_000, 'lifecycle'],
        [6_000, 'cut'],
        [6_000, 'replayed'],
        [7_001, 'queue-resumed'],
        [7_001, 'released'],
        [7_001, 'lifecycle'],
        [7_001, 'queued'],
      ]);
      expect(one(events, 'held')).toMatchObject({ call: 2, reason: 'background' });
      expect(one(events, 'cut')).toMatchObject({ call: 1, attempt: 1, error: { code: 'interrupted', rule: 'BG-1' } });
    }),
  );

  it(
    'names each reason for which a call is held',
    marbles((helpers) => {
      const { network, http$, events } = watchedApp(helpers, '', () => after(1));
      network.requestQueue.pause('offline');
      http$('/1').subscribe();
      network.requestQueue.pause('sync');
      network.requestQueue.resume('offline');
      network.requestQueue.resume('sync');

      helpers.flush();
      expect(events.flatMap((event) => (event.type === 'held' ? [event.reason] : []))).toEqual([
        'offline',
        'offline, sync',
        'sync',
      ]);
      expect(typesOf(events)).toContain('released');
    }),
  );

  it(
    'does not hold a call that is sent in the background',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, 'h', () => after(1));
      timer(1)
        .pipe(mergeMap(() => http$({ url: '/1', background: 'send' })))
        .subscribe();

      helpers.flush();
      expect(typesOf(events)).not.toContain('held');
      expect(typesOf(events)).toContain('completed');
    }),
  );

  it.each([
    ['[DOM-1]', { url: '/1' }, { domains: { request: ['https://other.example.com'] } }, 'domain-not-allowed'],
    ['a wrong argument', { url: '/1', method: 'PATCH' as never }, {}, 'invalid-argument'],
    ['no address', {} as never, {}, 'invalid-argument'],
    ['nothing at all', undefined as never, {}, 'invalid-argument'],
  ])('tells what was refused for %s', (_, request, options, code) => {
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => NEVER, options);
      http$(request).subscribe({ error: () => undefined });

      helpers.flush();
      expect(ofCalls(events)).toEqual(['0 1 called', '0 1 refused']);
      expect(one(events, 'refused')?.error.code).toBe(code);
    })();
  });

  it(
    '[BG-2] tells what the background refused',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, 'h', () => NEVER);
      timer(1)
        .pipe(mergeMap(() => http$({ url: '/1', background: 'refuse' })))
        .subscribe({ error: () => undefined });

      helpers.flush();
      expect(one(events, 'refused')?.error).toMatchObject({ code: 'background', rule: 'BG-2', phase: 'wait' });
    }),
  );

  it(
    'tells a deadline of ours from a failure of the platform',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', ({ url }) =>
        url.endsWith('/fails') ? failing(1, { errMsg: 'request:fail timeout', errno: 5 }) : NEVER,
      );
      http$({ url: '/slow', totalMs: 50 }).subscribe({ error: () => undefined });
      http$('/fails').subscribe({ error: () => undefined });

      helpers.flush();
      expect(one(events, 'cancelled')).toMatchObject({ call: 1, atMs: 50, by: 'deadline', error: { code: 'timeout' } });
      expect(one(events, 'failed')).toMatchObject({ call: 2, atMs: 1, error: { code: 'timeout' } });
      expect(one(events, 'attempt-failed')).toMatchObject({ call: 2, attempt: 1 });
    }),
  );

  it(
    'tells who left: the caller, or its page',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => NEVER);
      const page: { onUnload?: () => void } = {};
      http$('/1').subscribe().unsubscribe();
      http$('/2').pipe(takeUntilUnload(page)).subscribe();
      page.onUnload?.();
      http$('/3').subscribe().unsubscribe();

      helpers.flush();
      expect(events.flatMap((event) => (event.type === 'cancelled' ? [event.by] : []))).toEqual([
        'unsubscribed',
        'page',
        'unsubscribed',
      ]);
    }),
  );

  it(
    'calls a call completed whose caller left with the answer',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => after(1));
      void firstValueFrom(http$('/1'));

      helpers.flush();
      expect(ofCalls(events).slice(-2)).toEqual(['1 1 decoded', '1 1 completed']);
    }),
  );

  it(
    'is another call that an interceptor makes, and says for which',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => after(1), {
        interceptors: [
          (request, next, send) => send({ url: '/login', method: 'POST' }).pipe(mergeMap(() => next(request))),
        ],
      });
      http$('/1').subscribe();
      helpers.flush();

      expect(
        events.flatMap((event) => (event.type === 'called' ? [[event.call, event.parent, event.method]] : [])),
      ).toEqual([
        [1, undefined, 'GET'],
        [2, 1, 'POST'],
      ]);
      expect(typesOf(events).filter((type) => type === 'completed')).toHaveLength(2);
    }),
  );

  it(
    'tells each attempt of a call that is tried again',
    marbles((helpers) => {
      let tries = 0;
      const { http$, events } = watchedApp(
        helpers,
        '',
        () => defer(() => (++tries < 3 ? failing(1, REFUSED) : after(1))),
        { interceptors: [(request, next) => next(request).pipe(retry({ count: 3, delay: 10 }))] },
      );
      http$('/1').subscribe();
      helpers.flush();

      expect(events.flatMap((event) => ('attempt' in event ? [`${event.type} ${event.attempt}`] : []))).toEqual([
        'sent 1',
        'attempt-failed 1',
        'sent 2',
        'attempt-failed 2',
        'sent 3',
        'answered 3',
        'decoded 3',
      ]);
    }),
  );

  it(
    'tells that an interceptor had the answer',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => after(5), { interceptors: [shareInFlight()] });
      http$('/1').subscribe();
      http$('/1').subscribe();
      helpers.flush();

      expect(events.flatMap((event) => (event.type === 'completed' ? [[event.call, event.from]] : []))).toEqual([
        [1, 'network'],
        [2, 'shared'],
      ]);
    }),
  );

  it(
    'tells what comes of a stream, and not what it says',
    marbles((helpers) => {
      const { stream$, events } = watchedApp(helpers, '', () =>
        timer(1).pipe(
          mergeMap(() =>
            from<WireMark[]>([
              { headers: { header: { A: 'b' }, statusCode: 200 } },
              { chunk: { data: new ArrayBuffer(3) } },
              { statusCode: 200, data: '', header: {} },
            ]),
          ),
        ),
      );
      stream$('/1').subscribe();
      helpers.flush();

      expect(one(events, 'headers')).toMatchObject({ status: 200, headers: { A: 'b' } });
      expect(one(events, 'chunk')).toMatchObject({ type: 'chunk', call: 1, attempt: 1, bytes: 3 });
    }),
  );

  it(
    'tells how far an upload and a download have come',
    marbles(({ wx, server, flush }) => {
      server.post(`${BASE}/photos`).replies('10ms r|', { r: json({}) });
      server.get(`${BASE}/map`).replies('--r|', { r: text('four') });
      const network = createNetwork({ wx, onWarning: () => undefined });
      const events: InspectEvent[] = [];
      networkEvents$(network).subscribe((event) => events.push(event));
      const filePath = `${wx.env.USER_DATA_PATH}/photo.jpg`;
      wx.getFileSystemManager().writeFileSync(filePath, 'x'.repeat(20_000));
      createUpload(network)({ url: `${BASE}/photos`, filePath, name: 'photo' }).subscribe();
      createDownload(network)({ url: `${BASE}/map` }).subscribe();
      flush();

      const ofType = (call: number, type: InspectEvent['type']) =>
        events.filter((event) => 'call' in event && event.call === call && event.type === type);
      expect(ofType(1, 'called')).toMatchObject([{ client: 'upload$', api: 'uploadFile' }]);
      expect(ofType(1, 'progress').pop()).toMatchObject({ attempt: 1, percent: 100 });
      expect(ofType(2, 'called')).toMatchObject([{ client: 'download$', api: 'downloadFile' }]);
      expect(ofType(2, 'progress').pop()).toMatchObject({ attempt: 1, bytes: 4 });
    }),
  );

  it(
    'tells of the app and its phone, with how long it was away, and of a queue that stands still',
    marbles(({ wx, app, network: lane, flush }) => {
      const network = createNetwork({ wx, onWarning: () => undefined });
      const events: InspectEvent[] = [];
      networkEvents$(network).subscribe((event) => events.push(event));
      app('----h---s');
      lane('--o---b');
      timer(10).subscribe(() => network.requestQueue.pause('sync'));
      timer(12).subscribe(() => network.requestQueue.resume('sync'));
      flush();

      const told = events.map((event) => {
        const { visibility, awayMs, isConnected, networkType, reason } = event as unknown as Record<string, string>;
        const more = [visibility, awayMs, isConnected, networkType, reason].filter((value) => value !== undefined);
        return [event.atMs, event.type, ...more].join(' ');
      });
      expect(told).toEqual(
        expect.arrayContaining([
          '0 lifecycle foreground 0',
          '0 network true wifi',
          '2 network false none',
          '4 lifecycle background 0',
          '4 queue-paused background',
          '8 lifecycle foreground 4',
          '8 queue-resumed background',
          '10 queue-paused sync',
          '12 queue-resumed sync',
        ]),
      );
    }),
  );

  it(
    'names an error of the app, and does not quote it',
    marbles((helpers) => {
      const { http$, events } = watchedApp(helpers, '', () => NEVER, {
        interceptors: [() => throwError(() => new RangeError('secret'))],
      });
      http$('/1').subscribe({ error: () => undefined });
      http$('/2').subscribe({ error: () => undefined });
      helpers.flush();

      expect(one(events, 'failed')?.error).toEqual({ code: 'not-a-network-error', what: 'RangeError' });
    }),
  );

  it(
    'tells nothing of what began before anybody listened, and counts on for who listens later',
    marbles((helpers) => {
      const { network, http$, events, life } = watchedApp(helpers, '', () => after(5));
      life.unsubscribe();
      http$('/1').subscribe();
      const later: InspectEvent[] = [];
      networkEvents$(network).subscribe((event) => later.push(event));
      http$('/2').subscribe();
      helpers.flush();

      expect(ofCalls(events)).toEqual([]);
      expect(ofCalls(later)).toEqual(['0 1 called', '0 1 sent', '5 1 answered', '5 1 decoded', '5 1 completed']);
    }),
  );

  it(
    'survives a listener that ends the call it is told of',
    marbles((helpers) => {
      const { network, http$ } = watchedApp(helpers, '', () => after(5), { concurrency: 1 });
      networkEvents$(network).subscribe((event) => {
        if (event.type === 'sent' && event.call === 1) http$('/3').subscribe();
        if (event.type === 'answered' && event.call === 1) second.unsubscribe();
      });
      http$('/1').subscribe();
      const second = http$('/2').subscribe();
      helpers.flush();

      expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it('refuses what is no network', () => {
    expect(() => networkEvents$({} as never)).toThrow('expected a network from createNetwork()');
  });
});
