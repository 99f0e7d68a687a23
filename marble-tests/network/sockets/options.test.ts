import { of, throwError, timer, map, NEVER } from 'rxjs';
import { isNetworkError, NetworkError } from '../../../src/index.js';
import type { SocketData } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, socketApp, states$, url } from './socket-app.js';

describe('options of socket$', () => {
  it(
    '[K1.4] are read when the socket is made',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const options = { url, header: { token: 'a' }, protocols: ['a'], reconnect: { maxAttempts: 1 } };
      const { messages$ } = socket$(options);
      options.url = 'wss://other.example.com';
      options.header.token = 'b';
      options.protocols.push('b');
      const listener = messages$.subscribe();
      cold('--x').subscribe(() => listener.unsubscribe());
      flush();

      expect(wx.socketOptions[0]).toMatchObject({ url, header: { token: 'a' }, protocols: ['a'] });
    }),
  );

  it.each([
    ['at once', (made: object) => of(made)],
    ['in a while', (made: object) => timer(2).pipe(map(() => made))],
  ])('[K9.9] let beforeConnect return what is to be waited for: %s', (_, waited) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const beforeConnect = (options: object) => waited({ ...options, url: `${url}?token=1` }) as never;
      const listener = socket$({ ...raw, beforeConnect }).messages$.subscribe();
      cold('9ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(wx.socketOptions.map((option) => option.url)).toEqual([`${url}?token=1`]);
    })();
  });

  it(
    '[K9.9] bound what beforeConnect waits for by attemptMs, and leave it with the socket',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const token = cold('-');
      const left = cold('-');
      const codes: unknown[] = [];
      socket$({ url, attemptMs: 500, reconnect: false, beforeConnect: () => token as never }).messages$.subscribe({
        error: (error: unknown) => codes.push(isNetworkError(error) && error.code),
      });
      const listener = socket$({ url, beforeConnect: () => left as never }).messages$.subscribe();
      cold('---x').subscribe(() => listener.unsubscribe());
      helpers.expectSubscriptions(token.subscriptions).toBe('^ 1499ms !');
      helpers.expectSubscriptions(left.subscriptions).toBe('^--!');
      flush();

      expect(codes).toEqual(['timeout']);
      expect(wx.log).toEqual([]);
    }),
  );

  it(
    '[K9.9] tell beforeConnect what ended the attempt before, and connect again where it was lost itself',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const refused = { e: { error: { errMsg: 'Invalid HttpCode' } } };
      const { socket$, wx } = socketApp(helpers, '', (index) => (index === 0 ? cold('e', refused) : cold('-o', marks)));
      const errors: unknown[] = [];
      let attempts = 0;
      const socket = socket$<never>({
        ...raw,
        beforeConnect: (options, lastError) => {
          errors.push(isNetworkError(lastError) ? (lastError.errMsg ?? lastError.what) : lastError);
          return attempts++ === 1 ? throwError(() => new NetworkError('login lost', { code: 'timeout' })) : of(options);
        },
      });
      const listener = socket.messages$.subscribe();
      cold('30ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(errors).toEqual([undefined, 'Invalid HttpCode', 'login lost']);
      expect(wx.socketOptions).toHaveLength(2);
    }),
  );

  it.each([
    [() => undefined],
    [() => 'wss://x'],
    [() => ({})],
    [() => of({}) as never],
    [() => NEVER.pipe(map(() => 0))],
  ])('name what beforeConnect must return: %#', (beforeConnect) => {
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks));
      const codes: unknown[] = [];
      socket$({ url, attemptMs: 5, beforeConnect: beforeConnect as never, reconnect: false }).messages$.subscribe({
        error: (error: unknown) => codes.push(isNetworkError(error) && error.code),
      });
      flush();

      expect(['invalid-argument', 'timeout']).toContain(codes[0]);
      expect(wx.log).toEqual([]);
    })();
  });

  it(
    '[K9.12] keep the socket open for the next page, for as long as keepOpenMs says',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-oa--b---c', marks));
      const socket = socket$<string>({ ...raw, keepOpenMs: 5 });

      expectObservable(socket.messages$, '^---!').toBe('--a');
      expectObservable(socket.messages$, '------^---!').toBe('---------c');
      expectObservable(states$(socket)).toBe('go-------------c');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @15']);
    }),
  );

  it(
    '[K6.4] count what is on its way out, in whichever order the phone answers',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const onSend = (data: SocketData) => (data === 'lost' ? 'silence' : 'taken');
      const { socket$ } = socketApp(helpers, '', () => cold('o', marks), { platform: { onSend } });
      const socket = socket$<SocketData>(raw);
      const listener = socket.messages$.subscribe();
      const bytes: number[] = [];
      cold('-x').subscribe(() => {
        for (const text of ['lost', 'a', 'b']) {
          void socket.send(text).subscribe({ error: () => undefined });
          bytes.push(socket.snapshot().bufferedBytes);
        }
        listener.unsubscribe();
      });
      flush();

      expect(bytes).toEqual([4, 4, 4]);
      expect(socket.snapshot().bufferedBytes).toBe(0);
    }),
  );

  it(
    'let the caller look at what is on its way out',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$ } = socketApp(helpers, '', () => cold('--o', marks), { platform: { onSend: () => 'silence' } });
      const socket = socket$<SocketData>(raw);
      const looks: unknown[] = [socket.snapshot()];
      const listener = socket.messages$.subscribe();
      void socket.send('你好').subscribe({ error: () => undefined });
      void socket.send(new ArrayBuffer(3)).subscribe({ error: () => undefined });
      cold('-x-x').subscribe(() => looks.push(socket.snapshot()));
      cold('----x').subscribe(() => listener.unsubscribe());
      cold('-----x').subscribe(() => looks.push(socket.snapshot()));
      flush();

      expect(looks).toEqual([
        { waitingMessages: 0, bufferedBytes: 0 },
        { waitingMessages: 2, bufferedBytes: 9 },
        { waitingMessages: 0, bufferedBytes: 9 },
        { waitingMessages: 0, bufferedBytes: 0 },
      ]);
    }),
  );
});
