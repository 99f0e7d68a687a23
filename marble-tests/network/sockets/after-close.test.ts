import { EMPTY, NEVER, of, throwError, timer, type ObservableInput } from 'rxjs';
import { isNetworkError, NetworkError } from '../../../src/index.js';
import type { AfterClose } from '../../../src/sockets.js';
import { marbles, type MarbleHelpers, type SocketWireMark } from '../../../src/testing/index.js';
import { raw, socketApp, states$, url } from './socket-app.js';

const closed = (code: number | undefined, reason = ''): SocketWireMark => ({
  close: { ...(code !== undefined && { code }), reason },
});

describe('afterClose of socket$', () => {
  /** A server that closes the first two connections in the same way; what the caller says to that; what came of it. */
  function told(
    helpers: MarbleHelpers,
    end: SocketWireMark,
    afterClose: (close: { code: number | undefined; reason: string }) => AfterClose | undefined,
  ) {
    const { cold, flush } = helpers;
    const marks = { o: { open: { header: {} } }, e: end };
    const { socket$, wx } = socketApp(helpers, '', (index) => cold(index < 2 ? 'oe' : 'o', marks));
    const reconnect = { initialMs: 8, random: () => 0.5, afterClose };
    const socket = socket$<string>({ ...raw, reconnect });
    const states: string[] = [];
    let outcome: unknown = 'open';
    states$(socket).subscribe((state) => states.push(state));
    const listener = socket.messages$.subscribe({
      error: (error: unknown) => (outcome = isNetworkError(error) ? error.code : error),
      complete: () => (outcome = 'complete'),
    });
    cold('40ms x').subscribe(() => listener.unsubscribe());
    flush();
    const connects = wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]));
    return { connects, outcome, states: states.join('') };
  }

  it.each<[AfterClose | undefined, number, readonly number[], string]>([
    ['again', 4_100, [0, 5, 14], 'open'],
    ['at-once', 4_200, [0, 1, 10], 'open'],
    ['never', 3_501, [0], 'connection'],
    ['never', 1_000, [0], 'connection'],
    ['complete', 4_999, [0], 'complete'],
    ['complete', 1_006, [0], 'complete'],
    ['again', 1_000, [0, 5, 14], 'open'],
    [undefined, 1_000, [0], 'complete'],
    [undefined, 4_403, [0], 'connection'],
    [undefined, 3_501, [0, 5, 14], 'open'],
  ])('[K9.4] may say %s to %s', (verdict, code, connects, outcome) => {
    marbles((helpers) => {
      expect(told(helpers, closed(code), () => verdict)).toMatchObject({ connects, outcome });
    })();
  });

  it('[K9.4] gets code and reason', () => {
    const closes: unknown[] = [];
    marbles((helpers) => {
      told(helpers, closed(4_403, 'Forbidden'), (close) => {
        closes.push(close);
        return undefined;
      });
    })();

    expect(closes).toEqual([{ code: 4_403, reason: 'Forbidden' }]);
  });

  it('[K9.4] is not asked about what the background has cut', () => {
    marbles((helpers) => {
      expect(told(helpers, closed(1_000, 'interrupted'), () => 'never').outcome).toBe('open');
    })();
  });

  it.each<[string, ObservableInput<unknown>]>([
    ['a login that takes 3 ms', timer(3)],
    ['a login of no time', EMPTY],
    ['one that emits', of(1, 2)],
  ])('[K9.4] may return what is to be waited for: %s', (_, login) => {
    marbles((helpers) => {
      const { connects, outcome, states } = told(helpers, closed(4_401), () => login);
      expect(outcome).toBe('open');
      expect(states).toMatch(/^cgod+god+goc$/);
      expect(connects.length).toBe(3);
      // The first at once, the second after the wait: a login that never helps is not made without a pause.
      expect((connects[2] ?? 0) - (connects[1] ?? 0)).toBeGreaterThan(8);
    })();
  });

  it('[K9.4] ends with the error of the login', () => {
    const error = new Error('wrong password');
    marbles((helpers) => {
      expect(told(helpers, closed(4_401), () => throwError(() => error))).toMatchObject({
        connects: [0],
        outcome: error,
      });
    })();
  });

  it('[K9.4] waits, where the login was lost', () => {
    marbles((helpers) => {
      const lost = new NetworkError('no way', { code: 'offline' });
      let asked = 0;
      const login = () => (asked++ === 0 ? throwError(() => lost) : EMPTY);
      const { connects, outcome } = told(helpers, closed(4_401), login);
      expect(outcome).toBe('open');
      expect(connects.length).toBeGreaterThan(1);
    })();
  });

  it('[K9.4] bounds the login by attemptMs', () => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('oe', { o: { open: {} }, e: closed(4_401) }));
      const reconnect = { initialMs: 8, random: () => 0.5, maxAttempts: 1, afterClose: () => NEVER };
      const codes: unknown[] = [];
      socket$({ url, attemptMs: 100, reconnect }).messages$.subscribe({
        error: (error: unknown) => codes.push(isNetworkError(error) && error.code),
      });
      flush();

      expect(codes).toEqual(['timeout']);
      expect(wx.socketOptions).toHaveLength(1);
    })();
  });

  it('[K9.4] is asked about what the server says, in whichever words', () => {
    marbles((helpers) => {
      const reason = 'session interrupted by an administrator';
      expect(told(helpers, closed(4_001, reason), () => undefined)).toMatchObject({
        connects: [0],
        outcome: 'connection',
      });
      expect(told(helpers, closed(4_001, reason), () => 'complete').outcome).toBe('complete');
    })();
  });

  it.each<[AfterClose | undefined, number, string]>([
    ['complete', 4_403, 'complete'],
    ['complete', 1_000, 'complete'],
    ['never', 1_000, 'connection'],
    // Nothing was said yet, so that it cannot have been all.
    [undefined, 1_000, 'open'],
  ])('[K9.4] may say %s to %s, before it was open', (verdict, code, outcome) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const early = { e: closed(code), o: { open: { header: {} } } };
      const { socket$ } = socketApp(helpers, '', (index) => cold(index === 0 ? '-e' : 'o', early));
      const socket = socket$<string>({ ...raw, reconnect: { ...raw.reconnect, afterClose: () => verdict } });
      let came: unknown = 'open';
      const listener = socket.messages$.subscribe({
        error: (error: unknown) => (came = isNetworkError(error) ? error.code : error),
        complete: () => (came = 'complete'),
      });
      cold('40ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(came).toBe(outcome);
    })();
  });

  it('[K9.4] must be one of the words, or something to wait for', () => {
    marbles((helpers) => {
      expect(told(helpers, closed(4_401), () => 'retry' as never)).toMatchObject({ outcome: 'invalid-argument' });
    })();
  });

  it(
    'of a broken certificate is not asked; the wait is the longest, and a warning says why',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const broken = { f: { error: { errMsg: 'TLS handshake failed' } } };
      const { socket$, wx, warnings } = socketApp(helpers, '', () => cold('f', broken));
      const listener = socket$({
        url,
        reconnect: { initialMs: 8, maxMs: 900, random: () => 0.5 },
      }).messages$.subscribe();
      cold('2s x').subscribe(() => listener.unsubscribe());
      flush();

      expect(wx.log.filter((line) => line.startsWith('connect')).map((line) => Number(line.split('@')[1]))).toEqual([
        0, 900, 1_800,
      ]);
      expect(warnings).toEqual([
        "rx-miniprogram: wss://chat.example.com/room: TLS handshake failed; rx-miniprogram doctor tells what is wrong with the certificate; the server's certificate has to be mended, so there is an attempt every 900 ms only",
      ]);
    }),
  );
});
