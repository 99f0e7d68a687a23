import fc from 'fast-check';
import { concat, ignoreElements, NEVER, of, throwError, timer, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  type BackgroundPolicy,
  type DownloadEvent,
  type HttpResponse,
  type Network,
  type Priority,
  type UploadEvent,
} from '../../../src/index.js';
import { createStream, type StreamEvent } from '../../../src/streams.js';
import { marbles, scriptedWx, type WireMark } from '../../../src/testing/index.js';

const kinds = ['http', 'upload', 'form', 'download', 'stream'] as const;
type Kind = (typeof kinds)[number];
type AnyEvent = HttpResponse<unknown> | UploadEvent<unknown> | DownloadEvent | StreamEvent;

/** One thing on the wire, so many milliseconds after the last. */
type WireStep = readonly [afterMs: number, mark: 'progress' | 'chunk' | 'head' | 'success' | 'fail', amount: number];

interface Call {
  readonly do: 'call';
  readonly kind: Kind;
  readonly priority: Priority;
  readonly background: BackgroundPolicy;
  readonly idempotencyKey: string | undefined;
  readonly wire: readonly WireStep[];
}
type Step =
  Call | { readonly do: 'cancel'; readonly which: number } | { readonly do: 'hide' } | { readonly do: 'show' };

const wireStep: fc.Arbitrary<WireStep> = fc.tuple(
  fc.nat(3_000),
  fc.constantFrom('progress', 'progress', 'chunk', 'head', 'success', 'success', 'fail'),
  fc.constantFrom(0, 10, 50, 99, 100, 120, NaN),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      kind: fc.constantFrom(...kinds),
      priority: fc.constantFrom<Priority>('high', 'normal', 'low'),
      background: fc.constantFrom<BackgroundPolicy>('hold', 'hold', 'refuse'),
      idempotencyKey: fc.constantFrom(undefined, 'k'),
      wire: fc.array(wireStep, { maxLength: 8 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('show' as const) }) },
);
const gapMs = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(400) },
  { weight: 1, arbitrary: fc.nat(7_000) },
);
const life = fc.array(fc.tuple(gapMs, step), { maxLength: 50, size: 'max' });

const CONCURRENCY = 3;

describe('whatever happens to uploads, downloads and streams among calls', () => {
  it('[LIM-2][BG-2] each settles once, its progress is steady within an attempt, no chunk comes twice, no place is lost', () => {
    fc.assert(
      fc.property(life, (steps) => {
        expect(faultsOf(steps)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});

function faultsOf(steps: readonly (readonly [gapMs: number, step: Step])[]): readonly string[] {
  const faults = new Set<string>();

  marbles(({ cold, flush }) => {
    const calls: { readonly call: Call; readonly told: Told }[] = [];
    let hidden = false;
    let running = 0;

    const wx = scriptedWx(({ url }) => wireOf(calls[Number(/\d+$/.exec(url)?.[0])]!.call.wire));
    const listeners = { show: () => {}, hide: () => {} };
    const counted = (api: 'request' | 'uploadFile' | 'downloadFile') => (option: never) => {
      running++;
      if (running > CONCURRENCY) faults.add('more than the cap');
      if (hidden) faults.add('started in the background');
      const over = once(() => running--);
      // The place is free when a callback comes, and no earlier.
      const ending = (callback: (result: never) => void) => (result: never) => {
        over();
        callback(result);
      };
      const { success, fail } = option as { [callback: string]: (result: never) => void };
      return wx[api]({ ...(option as object), success: ending(success!), fail: ending(fail!) } as never);
    };
    const network = createNetwork({
      wx: {
        request: counted('request'),
        uploadFile: counted('uploadFile') as never,
        downloadFile: counted('downloadFile') as never,
        onAppShow: (listener) => (listeners.show = listener),
        onAppHide: (listener) => (listeners.hide = listener),
      },
      concurrency: CONCURRENCY,
      onWarning: () => undefined,
    });

    const act = {
      call(call: Call) {
        const told: Told = { outcome: undefined, attempt: 0, percent: -1, hundreds: 0, chunkIn: undefined };
        calls.push({ call, told });
        told.subscription = sent$(network, call, calls.length - 1).subscribe({
          next: (event) => {
            if (told.outcome) faults.add('something came after the end');
            for (const fault of faultsOfEvent(told, event)) faults.add(fault);
          },
          error: () => (told.outcome = 'failed'),
          complete: () => {
            if (call.kind !== 'http' && call.kind !== 'stream' && told.hundreds !== 1)
              faults.add('no 100 % at the end');
            told.outcome = 'answered';
          },
        });
      },
      cancel({ which }: { readonly which: number }) {
        const told = calls[which % calls.length]?.told;
        if (!told || told.outcome) return;
        told.outcome = 'left';
        told.subscription?.unsubscribe();
      },
      hide() {
        hidden = true;
        listeners.hide();
      },
      show() {
        hidden = false;
        listeners.show();
      },
    };

    let at = 0;
    for (const [waitMs, next] of steps) {
      at += waitMs;
      cold(`${at}ms x`).subscribe(() => (next.do === 'call' ? act.call(next) : act[next.do](next as never)));
    }
    cold(`${at + 1}ms x`).subscribe(act.show);
    cold(`${at + 3_000_000}ms x`).subscribe();
    flush();

    if (calls.some(({ told }) => told.outcome === undefined)) faults.add('a call never settled');
    if (running !== 0) faults.add('a task was left running');
    if (wx.listeners.size > 0) faults.add('a listener was left behind');
    const { size, running: places, paused } = network.requestQueue.snapshot();
    if (size !== 0 || places !== 0 || paused) faults.add('places lost');
  })();
  return [...faults];
}

interface Told {
  outcome: 'answered' | 'failed' | 'left' | undefined;
  attempt: number;
  percent: number;
  /** How often 100 % came in this attempt. */
  hundreds: number;
  /** The attempt that brought the first chunk. */
  chunkIn: number | undefined;
  subscription?: { unsubscribe(): void };
}

function faultsOfEvent(told: Told, event: AnyEvent): readonly string[] {
  if (!('type' in event)) return [];
  const faults: string[] = [];
  if (event.attempt === told.attempt) {
    if (event.type === 'sent') faults.push('an attempt sent twice');
  } else {
    if (event.attempt !== told.attempt + 1 || event.type !== 'sent') faults.push('an attempt that began in the middle');
    Object.assign(told, { attempt: event.attempt, percent: -1, hundreds: 0 });
  }
  if (event.type === 'progress') {
    if (event.percent < told.percent) faults.push('progress went back');
    if (event.percent === 100) told.hundreds++;
    if (told.hundreds > 1) faults.push('100 % twice');
    told.percent = event.percent;
  }
  if (event.type === 'chunk') {
    told.chunkIn ??= event.attempt;
    if (told.chunkIn !== event.attempt) faults.push('a stream was sent again after a chunk');
  }
  return faults;
}

function sent$(
  network: Network,
  { kind, priority, background, idempotencyKey }: Call,
  id: number,
): Observable<AnyEvent> {
  const asked = { priority, background, idempotencyKey, url: `https://api.example.com/${id}` };
  const bytes = new ArrayBuffer(3);
  switch (kind) {
    case 'http':
      return createHttp(network)(asked);
    case 'upload':
      return createUpload(network)({ ...asked, filePath: 'a', name: 'a' });
    case 'form':
      return createUpload(network)({ ...asked, files: [{ name: 'a', fileName: 'a', bytes }] });
    case 'download':
      return createDownload(network)(asked);
    case 'stream':
      return createStream(network)(asked);
  }
}

function wireOf(steps: readonly WireStep[]): Observable<WireMark> {
  const marks = steps.map(([afterMs, what, amount]): Observable<WireMark> => {
    const mark: { readonly [What in WireStep[1]]: Observable<WireMark> } = {
      progress: of({
        progress: {
          progress: amount,
          totalBytesSent: amount * 2,
          totalBytesExpectedToSend: 200,
          totalBytesWritten: amount * 2,
          totalBytesExpectedToWrite: 200,
        },
      }),
      chunk: of({ chunk: { data: new ArrayBuffer(2) } }),
      head: of({ headers: { header: {}, statusCode: amount > 50 ? 500 : 200 } }),
      success: of({ data: '{}', tempFilePath: 'wxfile://tmp' }),
      fail: throwError(() => ({ errMsg: 'fail -102:net::ERR_CONNECTION_REFUSED', errno: 600001 })),
    };
    return concat(timer(afterMs).pipe(ignoreElements()), mark[what]);
  });
  return concat(...marks, NEVER);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
