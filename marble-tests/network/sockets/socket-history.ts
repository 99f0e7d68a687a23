import fc from 'fast-check';
import type { NetworkType } from '../../../src/index.js';

/** How many sockets an app of a history has: more than there are places. */
export const SOCKETS = 8;

/** How the platform treats the sockets that are opened from now on, under one address. */
export interface SocketLife {
  /** `ghost`: dies without a word, but goes on delivering what was on its way. `error only`: no close follows. */
  readonly end: 'never' | 'closes' | 'error' | 'error only' | 'silent' | 'ghost' | 'refused';
  /** With which it closes. */
  readonly code: number | undefined;
  readonly opensAfter: number;
  readonly endsAfter: number;
  readonly messageEvery: number;
  /** Every so many messages one cannot be read; 0: none. */
  readonly badEvery: number;
  /** Whether, and after how many milliseconds, `close()` is answered. */
  readonly closesAfter: number | undefined;
  /** After how many milliseconds it says what became of a message; `undefined`: never. */
  readonly answersAfter: number | undefined;
  /** What a task that has died says to a message. */
  readonly deadSend: 'not connected' | 'no such task' | 'the connection was lost';
  /** What it does five seconds after the app was hidden. */
  readonly inBackground: 'tells' | 'silent';
  /** What it does when the phone loses its network, or gets another. */
  readonly network: 'closes' | 'silent' | 'keeps';
  /** Whether the server answers a heartbeat. */
  readonly pongs: boolean;
}

/** How the caller has set up one socket. */
export interface SocketManner {
  readonly serializer: 'json' | 'none';
  readonly onUnreadable: 'none' | 'skips' | 'hands on';
  readonly afterClose: 'none' | 'table' | 'again' | 'at-once' | 'never' | 'complete' | 'login' | 'failing login';
  readonly beforeConnect: 'none' | 'at once' | 'waits' | 'leaves' | 'waits and leaves';
  readonly onOpen: 'none' | 'sends' | 'waits' | 'leaves' | 'closes' | 'listens anew';
  readonly heartbeat: 'asks' | 'watches' | 'none';
  readonly whenDown: 'buffer' | 'refuse';
  readonly keepOpenMs: number | undefined;
}

/** What a listener does with a message, once. */
export type Inside = 'nothing' | 'leaves' | 'sends' | 'closes' | 'listens too';

/** What may happen to an app, at a millisecond of its life. */
export type Step =
  | { readonly do: 'listen'; readonly which: number; readonly life: SocketLife; readonly inside: Inside }
  | { readonly do: 'leave'; readonly which: number }
  | { readonly do: 'send'; readonly which: number }
  | { readonly do: 'close'; readonly which: number; readonly code: number }
  | { readonly do: 'hide' }
  | { readonly do: 'show' }
  | { readonly do: 'network'; readonly type: NetworkType; readonly told: boolean };

/** An app: how its sockets are set up, and what happens, each step so many milliseconds after the one before. */
export interface History {
  readonly manners: readonly SocketManner[];
  readonly steps: readonly (readonly [waitMs: number, step: Step])[];
}

const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const life: fc.Arbitrary<SocketLife> = fc.record({
  end: one<SocketLife['end']>(
    'never',
    'never',
    'closes',
    'closes',
    'error',
    'error only',
    'silent',
    'ghost',
    'refused',
  ),
  code: one(0, 1000, 1001, 1006, 1006, 1011, 3501, 4001, 4100, 4403, undefined),
  opensAfter: fc.integer({ min: 0, max: 300 }),
  endsAfter: fc.oneof(fc.integer({ min: 301, max: 20_000 }), fc.integer({ min: 0, max: 400 })),
  messageEvery: fc.integer({ min: 20, max: 500 }),
  badEvery: one(0, 0, 1, 7),
  closesAfter: fc.option(fc.nat(3_000), { nil: undefined }),
  answersAfter: one(0, 0, 1, 40, undefined),
  deadSend: one<SocketLife['deadSend']>('not connected', 'no such task', 'the connection was lost'),
  inBackground: one<SocketLife['inBackground']>('tells', 'silent'),
  network: one<SocketLife['network']>('closes', 'silent', 'keeps'),
  pongs: fc.boolean(),
});

const manner: fc.Arbitrary<SocketManner> = fc.record({
  serializer: one<SocketManner['serializer']>('none', 'json'),
  onUnreadable: one<SocketManner['onUnreadable']>('none', 'skips', 'hands on'),
  afterClose: one<SocketManner['afterClose']>(
    'none',
    'none',
    'table',
    'again',
    'at-once',
    'never',
    'complete',
    'login',
    'failing login',
  ),
  beforeConnect: one<SocketManner['beforeConnect']>('none', 'none', 'at once', 'waits', 'leaves', 'waits and leaves'),
  onOpen: one<SocketManner['onOpen']>('none', 'none', 'sends', 'waits', 'leaves', 'closes', 'listens anew'),
  heartbeat: one<SocketManner['heartbeat']>('asks', 'asks', 'watches', 'none'),
  whenDown: one<SocketManner['whenDown']>('buffer', 'buffer', 'refuse'),
  keepOpenMs: one(undefined, undefined, 50, 300),
});

const which = fc.nat(SOCKETS - 1);
const inside = one<Inside>('nothing', 'nothing', 'nothing', 'leaves', 'sends', 'closes', 'listens too');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: one('listen'), which, life, inside }) },
  { weight: 2, arbitrary: fc.record({ do: one('leave'), which }) },
  { weight: 5, arbitrary: fc.record({ do: one('send'), which }) },
  { weight: 1, arbitrary: fc.record({ do: one('close'), which, code: one(1000, 1000, 4000) }) },
  { weight: 1, arbitrary: fc.record({ do: one('hide') }) },
  { weight: 1, arbitrary: fc.record({ do: one('show') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one('network'),
      type: one<NetworkType>('none', 'none', 'wifi', 'wifi', '4g', 'unknown'),
      told: fc.boolean(),
    }),
  },
);
const gap = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(50) },
  { weight: 4, arbitrary: fc.nat(900) },
  { weight: 1, arbitrary: fc.nat(9_000) },
);

/** Any of them. */
export const history: fc.Arbitrary<History> = fc.record({
  manners: fc.array(manner, { minLength: SOCKETS, maxLength: SOCKETS }),
  steps: fc.array(fc.tuple(gap, step), { maxLength: 50, size: 'max' }),
});
