import { asyncScheduler, map, NEVER, timer, type Observable, type Subscription } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createRequestQueue,
  createUpload,
  limitConcurrency,
  request$,
  type Network,
} from '../../../src/index.js';
import { createSimulator, WireFailure, type Simulator } from '../../../src/simulator/index.js';
import { createStream } from '../../../src/streams.js';
import { marbles, scriptedWx } from '../../../src/testing/index.js';
import { appOn } from '../scripted-app.js';

const url = 'https://api.example.com/me';
const filePath = 'wxfile://usr/a.txt';

/** Each face, with a limit of the whole, perhaps. */
const FACES: { readonly [face: string]: (network: Network, totalMs?: number) => Observable<unknown> } = {
  http$: (network, totalMs) => createHttp(network)({ url, totalMs }),
  stream$: (network, totalMs) => createStream(network)({ url, totalMs }),
  upload$: (network, totalMs) => createUpload(network)({ url, filePath, name: 'a', totalMs }),
  download$: (network, totalMs) => createDownload(network)({ url, totalMs }),
};

describe('[K6.1] on a phone that refuses the eleventh task, and counts one that was aborted until it has told', () => {
  describe.each(Object.keys(FACES))('%s', (face) => {
    const call = FACES[face] as (typeof FACES)['http$'];

    it('starts no call in the place of one that was left, before the phone has told', () => {
      const codes = onStrictPhone((network, { refusals, running }) => {
        const subscriptions = Array.from({ length: 15 }, () => call(network).subscribe(refusals));
        asyncScheduler.schedule(() => subscriptions.slice(0, 3).forEach((left) => left.unsubscribe()), 50);
        asyncScheduler.schedule(() => running.push(network.requestQueue.snapshot().running), 60);
      });

      expect(codes).toEqual({ refusals: [], running: [10] });
    });

    it('nor of one whose totalMs is over, nor of a whole turn of calls', () => {
      const codes = onStrictPhone((network, { refusals, running }) => {
        for (let index = 0; index < 10; index++)
          call(network, 50).subscribe({ error: () => call(network).subscribe(refusals) });
        for (let index = 0; index < 10; index++) call(network).subscribe(refusals);
        asyncScheduler.schedule(() => running.push(network.requestQueue.snapshot().running), 60);
      });

      expect(codes).toEqual({ refusals: [], running: [10] });
    });
  });

  it('starts no call in the callback that tells of the end of another, whoever calls there', () => {
    const codes = onStrictPhone(
      (network, { refusals, running }) => {
        const http$ = createHttp(network);
        for (let index = 0; index < 10; index++) {
          http$(url).subscribe({ error: () => void http$(url).subscribe(refusals) });
        }
        asyncScheduler.schedule(() => running.push(network.requestQueue.snapshot().running), 60);
      },
      (arrivals) => (arrivals <= 10 ? timer(50).pipe(map(() => fail())) : NEVER),
    );

    expect(codes).toEqual({ refusals: [], running: [10] });
  });

  it('holds for operators by hand', () => {
    const codes = onStrictPhone((_, { refusals, running }, { wx, scheduler }) => {
      const queue = createRequestQueue({ scheduler });
      const one$ = request$({ url }, { wx }).pipe(limitConcurrency(queue));
      const subscriptions: Subscription[] = Array.from({ length: 12 }, () => one$.subscribe(refusals));
      asyncScheduler.schedule(() => subscriptions[0]?.unsubscribe(), 50);
      asyncScheduler.schedule(() => running.push(queue.snapshot().running), 60);
    });

    expect(codes).toEqual({ refusals: [], running: [10] });
  });
});

describe('a phone that never tells of the end of what was aborted', () => {
  it.each([
    ['waits a quarter of a second, where the ten are taken', 10, 11, '300'],
    ['waits not at all, where the app wants fewer than ten', 9, 10, '50'],
    ['as well where the app wants more than ten', 11, 12, '300'],
  ])('%s', (_, concurrency, calls, startedAt) => {
    marbles(({ flush }) => {
      const wx = scriptedWx(() => NEVER);
      const { request } = wx;
      wx.request = (option) => request({ ...option, fail: () => undefined });
      const { http$ } = appOn(wx, { concurrency });
      const subscriptions = Array.from({ length: calls }, () => http$(url).subscribe({ error: () => undefined }));
      asyncScheduler.schedule(() => subscriptions[0]?.unsubscribe(), 50);
      asyncScheduler.schedule(() => subscriptions.forEach((left) => left.unsubscribe()), 1_000);
      flush();

      expect(wx.log.filter((line) => line.startsWith('sent')).at(-1)).toBe(`sent @${startedAt}`);
    })();
  });
});

const made: Simulator[] = [];
afterEach(() => Promise.all(made.splice(0).map((simulator) => simulator.close())));

interface Seen {
  readonly refusals: string[];
  readonly running: number[];
}

function onStrictPhone(
  live: (
    network: Network,
    seen: { readonly refusals: { error: (error: { code?: string }) => void }; readonly running: number[] },
    simulator: Simulator,
  ) => void,
  wire: (arrivals: number) => Observable<never> = () => NEVER,
): Seen {
  let arrivals = 0;
  const refusals: string[] = [];
  const running: number[] = [];
  marbles(({ flush }) => {
    const domains = ['https://api.example.com'];
    const simulator = createSimulator({
      domains: { request: domains, uploadFile: domains, downloadFile: domains },
      overLimit: 'fail',
      wire: () => wire(++arrivals),
    });
    made.push(simulator);
    simulator.wx.getFileSystemManager().writeFileSync(filePath, 'text');
    const network = createNetwork({ wx: simulator.wx, scheduler: simulator.scheduler });
    const error = ({ code }: { code?: string }) => {
      if (asyncScheduler.now() < 1_000) refusals.push(String(code));
    };
    live(network, { refusals: { error }, running }, simulator);
    flush();
  })();
  return { refusals, running };
}

function fail(): never {
  throw new WireFailure('reset');
}

it(
  'a call of an app that does nothing else is sent in its own turn, however many there have been',
  marbles(({ cold, flush }) => {
    const sent: number[] = [];
    const wx = scriptedWx(() => {
      sent.push(asyncScheduler.now());
      return cold('-r|', { r: { data: '1', statusCode: 200 } });
    });
    const http$ = createHttp(createNetwork({ wx }));
    for (let time = 0; time < 30; time++) asyncScheduler.schedule(() => http$(url).subscribe(), time * 10);
    asyncScheduler.schedule(() => {
      // Ten at once, twice over.
      for (let index = 0; index < 20; index++) http$(url).subscribe();
    }, 1_000);
    asyncScheduler.schedule(() => {
      const before = sent.length;
      http$(url).subscribe();
      expect(sent.length).toBe(before + 1);
    }, 2_000);
    flush();
    expect(sent.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, time) => time * 10));
    expect(sent).toHaveLength(51);
  }),
);
