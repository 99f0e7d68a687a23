import { NEVER, skip } from 'rxjs';
import { createNetwork, isNetworkError } from '../../../src/index.js';
import { createSocket } from '../../../src/sockets.js';
import { marbles, scriptedWx } from '../../../src/testing/index.js';
import { marks, phoneOn, raw, socketApp, states$ } from './socket-app.js';

// In real time: no timer may outlive the test.
const plain = { ...raw, closeDeadlineMs: 1 } as const;

const rejection = Object.assign(new Error(), { errMsg: 'sendSocketMessage:fail WebSocket is not connected' });

describe('[K9] socket$, on a wrapper that promises, and rejects', () => {
  // A rejection that nobody hears is "unhandled", and ends a Node process; jest reports it as an error of the test.
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  beforeAll(() => process.on('unhandledRejection', hear));
  afterAll(() => {
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });

  /** The members of a task replaced. */
  function wxWith(task: object) {
    const wx = scriptedWx(() => NEVER, { sockets: () => NEVER });
    let open = () => undefined as unknown;
    const connectSocket = (option: never) =>
      Object.assign(wx.connectSocket(option), { onOpen: (listener: () => void) => (open = listener) }, task);
    return { wx: Object.assign({ ...wx }, { connectSocket }), open: () => open() };
  }

  it('tells the sender, and connects again where the socket is dead', async () => {
    const { wx, open } = wxWith({ send: () => Promise.reject(rejection) });
    const socket = createSocket(createNetwork({ wx }))({ ...plain, whenDown: 'refuse' });
    const states: string[] = [];
    states$(socket).subscribe((state) => states.push(state));
    const listener = socket.messages$.subscribe();
    open();

    const told = await new Promise((resolve) => socket.send('hi').subscribe({ error: resolve }));
    listener.unsubscribe();

    expect(isNetworkError(told, 'connection')).toBe(true);
    expect(states.join('')).toBe('cgodc');
  });

  it('takes what a wrapper resolves with for the answer where it calls nothing back', async () => {
    const { wx, open } = wxWith({ send: () => Promise.resolve({ errMsg: 'sendSocketMessage:ok' }) });
    const socket = createSocket(createNetwork({ wx }))(plain);
    const listener = socket.messages$.subscribe();
    open();

    await new Promise<void>((resolve) => socket.send('hi').subscribe({ complete: resolve }));
    listener.unsubscribe();
  });

  it.each<[string, () => unknown]>([
    ['rejects', () => Promise.reject(rejection)],
    ['rejects with what is no failure', () => Promise.reject(new Error())],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('leaves where close %s', async (_how, close) => {
    const { wx, open } = wxWith({ close });
    const listener = createSocket(createNetwork({ wx }))(plain).messages$.subscribe();
    open();
    listener.unsubscribe();
    await Promise.resolve();
  });

  it(
    'goes on where close fails without saying why',
    marbles(() => {
      const { wx, open } = wxWith({ close: ({ fail }: { fail: (failure?: unknown) => void }) => fail() });
      const listener = createSocket(createNetwork({ wx }))(plain).messages$.subscribe();
      open();

      expect(() => listener.unsubscribe()).not.toThrow();
    }),
  );

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(rejection)],
  ])('[K9.2] keeps what it knew of the network where getNetworkType %s on the return', (_how, again) => {
    marbles((helpers) => {
      const phone = phoneOn(helpers, '');
      let asked = 0;
      const getNetworkType = (option: never) => (asked++ === 0 ? phone.getNetworkType(option) : again());
      const { socket$ } = socketApp(helpers, '---h---s', () => helpers.cold('-o 8ms a', marks), {
        phone: { ...phone, getNetworkType },
      });

      helpers.expectObservable(socket$<string>(raw).messages$, '^ 12ms !').toBe('- 9ms a');
      helpers.expectObservable(states$(socket$<string>(raw)).pipe(skip(1)), '^-!').toBe('--');
    })();
  });
});
