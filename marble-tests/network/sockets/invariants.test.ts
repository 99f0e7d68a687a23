import fc from 'fast-check';
import type { Subscription } from 'rxjs';
import { createNetwork, type WxPort } from '../../../src/index.js';
import { createSocket, socketQueue, type Socket, type WxConnectSocketOption } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';

/** What may happen to an app, at a millisecond of its life. */
type Step =
  | { readonly do: 'listen'; readonly which: number; readonly life: SocketLife }
  | { readonly do: 'leave'; readonly which: number }
  | { readonly do: 'send'; readonly which: number }
  | { readonly do: 'close'; readonly which: number }
  | { readonly do: 'hide' }
  | { readonly do: 'show' };

/** How the platform treats the sockets that are opened from now on. */
interface SocketLife {
  /** `ghost`: dies without a word, but goes on delivering what was on its way. */
  readonly end: 'never' | 'lost' | 'clean' | 'error' | 'error only' | 'silent' | 'ghost' | 'refused';
  readonly opensAfter: number;
  readonly endsAfter: number;
  readonly messageEvery: number;
  /** Whether, and after how many milliseconds, `close()` is answered. */
  readonly closesAfter: number | undefined;
  /** What it does five seconds after the app was hidden. */
  readonly inBackground: 'tells' | 'silent';
}

const SOCKETS = 8;

const life: fc.Arbitrary<SocketLife> = fc.record({
  end: fc.constantFrom<SocketLife['end']>(
    'never',
    'never',
    'lost',
    'clean',
    'error',
    'error only',
    'silent',
    'ghost',
    'refused',
  ),
  opensAfter: fc.integer({ min: 0, max: 300 }),
  endsAfter: fc.integer({ min: 301, max: 20_000 }),
  messageEvery: fc.integer({ min: 20, max: 500 }),
  closesAfter: fc.option(fc.nat(3_000), { nil: undefined }),
  inBackground: fc.constantFrom<SocketLife['inBackground']>('tells', 'silent'),
});
const which = fc.nat(SOCKETS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('listen' as const), which, life }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('show' as const) }) },
);
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.nat(50) },
  { weight: 4, arbitrary: fc.nat(900) },
  { weight: 1, arbitrary: fc.nat(9_000) },
);
const story = fc.array(fc.tuple(gap, step), { maxLength: 50, size: 'max' });

describe('whatever happens to the sockets of an app', () => {
  it('[LIM-3][BG-2] never more than five, no place lost, nothing doubled or out of order, every message accounted for, all settles', () => {
    fc.assert(
      fc.property(story, (steps) => live(steps)),
      { numRuns: 60 },
    );
  }, 120_000);
});

interface Listener {
  readonly subscription: Subscription;
  /** What it heard last: which generation, which message of it. */
  generation: number;
  message: number;
}

function live(steps: readonly (readonly [waitMs: number, step: Step])[]): void {
  marbles(({ cold, flush }) => {
    const faults: string[] = [];
    const listeners: (Listener[] | undefined)[] = [];
    const lives: SocketLife[] = [];
    const app: { show: () => void; hide: () => void } = { show: () => {}, hide: () => {} };
    const backgroundCuts = new Set<() => void>();
    let hidden = false;
    let held = 0;
    let made = 0;
    let accepted = 0;
    let settled = 0;
    let doubled = 0;

    const connectSocket = (option: WxConnectSocketOption) => {
      const { end, opensAfter, endsAfter, messageEvery, closesAfter, inBackground } = lives[
        Number(option.url.split('/').pop())
      ] as SocketLife;
      const generation = ++made;
      const taken = new Set<unknown>();
      const on: { [Name in 'open' | 'message' | 'error' | 'close']?: (result: never) => void } = {};
      let counts = true;
      let deaf = false;
      held++;
      if (held > 5) faults.push('more than five');
      if (hidden) faults.push('connected in the background');

      const letGo = () => {
        if (counts) held--;
        counts = false;
        backgroundCuts.delete(cut);
      };
      const tellClose = (code: number, reason: string) => {
        if (deaf) return;
        deaf = true;
        letGo();
        on.close?.({ code, reason } as never);
      };
      // At the end of the grace the platform lets go of it; it may say so, and may not.
      const cut = () => {
        if (inBackground === 'tells') tellClose(1000, 'interrupted');
        else {
          deaf = true;
          letGo();
        }
      };
      backgroundCuts.add(cut);

      if (end === 'refused') {
        cold(`${opensAfter}ms x`).subscribe(() => {
          if (!counts) return;
          deaf = true;
          letGo();
          option.fail?.({ errMsg: 'connectSocket:fail fail reach max websocket connect count 5' });
        });
      } else {
        cold(`${opensAfter}ms x`).subscribe(() => {
          if (!deaf) on.open?.({ header: {} } as never);
        });
        for (let index = 1; opensAfter + index * messageEvery < 6_000; index++) {
          cold(`${opensAfter + index * messageEvery}ms x`).subscribe(() => {
            if (!deaf || end === 'ghost') on.message?.({ data: `${generation}:${index}` } as never);
          });
        }
        cold(`${endsAfter}ms x`).subscribe(() => {
          if (end === 'lost') tellClose(1006, '');
          if (end === 'clean') tellClose(1000, 'bye');
          if (end === 'error' || end === 'error only') {
            if (!deaf) on.error?.({ errMsg: 'Underlying Transport Error' } as never);
            if (end === 'error') tellClose(1006, '');
            else {
              deaf = true;
              letGo();
            }
          }
          if (end === 'silent' || end === 'ghost') {
            deaf = true;
            letGo();
          }
        });
      }
      return {
        send({
          data,
          success,
          fail,
        }: {
          data: unknown;
          success?: () => void;
          fail?: (failure: { errMsg: string }) => void;
        }) {
          if (deaf) fail?.({ errMsg: 'sendSocketMessage:fail WebSocket is not connected' });
          else {
            if (taken.has(data) || sentOnce.has(data)) doubled++;
            taken.add(data);
            sentOnce.add(data);
            success?.();
          }
        },
        close({ code = 1000, reason = '' }) {
          // Where it never answers, it lets go in the end all the same, within the deadline.
          cold(`${closesAfter ?? 4_000}ms x`).subscribe(() => {
            if (closesAfter === undefined) {
              deaf = true;
              letGo();
            } else tellClose(code, reason);
          });
        },
        onOpen: (listener: (result: never) => void) => (on.open = listener),
        onMessage: (listener: (result: never) => void) => (on.message = listener),
        onError: (listener: (result: never) => void) => (on.error = listener),
        onClose: (listener: (result: never) => void) => (on.close = listener),
      };
    };
    const sentOnce = new Set<unknown>();

    const wx = {
      request: () => ({ abort: () => undefined }),
      connectSocket,
      onAppShow: (listener: () => void) => (app.show = listener),
      onAppHide: (listener: () => void) => (app.hide = listener),
    } satisfies WxPort & { connectSocket: unknown };
    const network = createNetwork({ wx, onWarning: () => undefined });
    const socket$ = createSocket(network);
    const sockets: Socket<string, string>[] = Array.from({ length: SOCKETS }, (_, index) =>
      socket$<string>({
        url: `wss://chat.example.com/${index}`,
        serializer: 'none',
        maxBuffered: 3,
        attemptMs: 2_000,
        reconnect: { initialMs: 200, maxMs: 2_000, random: () => 0.7 },
        heartbeat: { intervalMs: 1_000, deadlineMs: 500, request: () => `ping ${++pings}` },
      }),
    );
    let pings = 0;

    let hides = 0;
    const act: { [Do in Step['do']]: (step: Extract<Step, { do: Do }>) => void } = {
      listen({ which: index, life: itsLife }) {
        lives[index] = itsLife;
        const mine: Listener = { subscription: undefined as never, generation: 0, message: 0 };
        const own = (listeners[index] ??= []);
        own.push(mine);
        Object.assign(mine, {
          subscription: sockets[index]!.messages$.subscribe({
            next(text) {
              const [generation = 0, message = 0] = text.split(':').map(Number);
              if (generation < mine.generation) faults.push('a dead socket delivered into the next');
              if (generation === mine.generation && message <= mine.message) faults.push('doubled or out of order');
              if (mine.subscription?.closed) faults.push('delivered after the end');
              Object.assign(mine, { generation, message });
            },
            error: () => undefined,
          }),
        });
      },
      leave({ which: index }) {
        listeners[index]?.pop()?.subscription.unsubscribe();
      },
      send({ which: index }) {
        accepted++;
        const settle = () => settled++;
        sockets[index]!.send(`message ${accepted}`).subscribe({ complete: settle, error: settle });
      },
      close({ which: index }) {
        sockets[index]!.close();
      },
      hide() {
        if (hidden) return;
        hidden = true;
        const mine = ++hides;
        app.hide();
        cold('5000ms x').subscribe(() => {
          if (hidden && mine === hides) for (const cut of [...backgroundCuts]) cut();
        });
      },
      show() {
        if (!hidden) return;
        hidden = false;
        app.show();
      },
    };

    let at = 0;
    for (const [waitMs, next] of steps) {
      at += waitMs;
      cold(`${at}ms x`).subscribe(() => act[next.do](next as never));
    }
    // In the end the app is in front and everybody leaves; then every deadline passes.
    cold(`${at + 1}ms x`).subscribe(() => act.show({ do: 'show' }));
    cold(`${at + 2}ms x`).subscribe(() => {
      for (const own of listeners) own?.forEach(({ subscription }) => subscription.unsubscribe());
    });
    cold(`${at + 60_000}ms x`).subscribe(() => {
      const { size, running, paused } = socketQueue(network).snapshot();
      if (size !== 0 || running !== 0 || paused)
        faults.push(`places lost: ${JSON.stringify({ size, running, paused })}`);
    });
    flush();

    if (held !== 0) faults.push(`${held} sockets were left open`);
    if (settled !== accepted) faults.push(`${accepted - settled} messages were dropped in silence`);
    if (doubled > 0) faults.push(`${doubled} messages were sent twice`);
    expect([...new Set(faults)]).toEqual([]);
  })();
}
