import { asyncScheduler, map, Observable } from 'rxjs';
import { breaks, closes, dies, marbles } from '../../src/testing/index.js';
import type { SimulatedWx } from '../../src/simulator/index.js';

const live = 'wss://api.example.com/live';

type Task = ReturnType<SimulatedWx['connectSocket']>;

/** All that the app is told of a socket: `open`, messages, `closed 1000` … */
const told$ = (wx: SimulatedWx, opened: (task: Task) => void = () => {}) =>
  new Observable<string>((subscriber) => {
    const task = wx.connectSocket({ url: live });
    task.onOpen(() => {
      subscriber.next('open');
      opened(task);
    });
    task.onMessage(({ data }) => subscriber.next(typeof data === 'string' ? data : `${data.byteLength} bytes`));
    task.onError(() => subscriber.next('error'));
    task.onClose(({ code }) => subscriber.next(`closed ${code}`));
    return () => task.close({});
  });

describe('server.socket', () => {
  it(
    'opens, speaks and closes as drawn',
    marbles(({ wx, server, expectObservable, expectCalls }) => {
      server.socket(live).plays('--o-m-b-x', { m: 'hello', b: Uint8Array.of(1, 2), x: closes(4001, 'bye') });
      const expected = '         --o-m-b-x';

      expectObservable(told$(wx)).toBe(expected, { o: 'open', m: 'hello', b: '2 bytes', x: 'closed 4001' });
      expectCalls(server.socket(live)).toBe('^');
    }),
  );

  it(
    'hears what the app sends, and answers a close',
    marbles(({ wx, server, expectObservable }) => {
      const route = server.socket(live).plays('--o');
      const expected = '             --o--x';
      const heard = '                --a';

      const talk$ = told$(wx, (task) => {
        task.send({ data: 'hi' });
        asyncScheduler.schedule(() => task.close({ code: 4000 }), 3);
      });
      expectObservable(talk$).toBe(expected, { o: 'open', x: 'closed 4000' });
      expectObservable(route.heard$).toBe(heard, { a: 'hi' });
    }),
  );

  it(
    'breaks off, and dies without a word',
    marbles(({ wx, server, expectObservable }) => {
      server.socket(live).plays('o-x', { x: breaks() }).plays('o-d-m', { d: dies() });
      expectObservable(told$(wx)).toBe('  o-x', { o: 'open', x: 'closed 1006' });
      expectObservable(told$(wx), '-^').toBe('-o', { o: 'open' });
    }),
  );

  it(
    'does not open, by name',
    marbles(({ wx, server, expectObservable }) => {
      server.socket(live).plays('--#').plays('-#', {}, 'dns');
      const failed = { e: 'error', x: 'closed 1006' };
      expectObservable(told$(wx)).toBe('--(ex)', failed);
      expectObservable(told$(wx)).toBe('-(ex)', failed);
    }),
  );

  it(
    'answers whoever comes with what is made of what is heard',
    marbles(({ wx, server, expectObservable }) => {
      server.socket(live).alwaysAnswers((heard$) => heard$.pipe(map((data) => `${data.length} letters`)));
      const talk$ = told$(wx, (task) => task.send({ data: 'four' }));
      expectObservable(talk$).toBe('(oa)', { o: 'open', a: '4 letters' });
    }),
  );

  it(
    '[BG-1] is cut off in the background like any other',
    marbles(({ wx, server, app, expectObservable, expectCalls }) => {
      server.socket(live).plays('o');
      app('-h');
      expectObservable(told$(wx)).toBe('o 5000ms x', { o: 'open', x: 'closed 1000' });
      expectCalls(server.socket(live)).toBe('^ 5000ms !');
    }),
  );

  it('fails the test for an unknown socket, and for one that nobody opened', () => {
    const test = marbles(({ wx, server, flush }) => {
      server.socket(`${live}2`).plays('o');
      told$(wx).subscribe();
      flush();
    });
    expect(test).toThrow(
      [
        'server: 1 call came that no answer was promised to; 1 promised answer was never asked for',
        '  promised:',
        `    SOCKET ${live}2  'o'  ✗ never asked for`,
        '  arrived:',
        `    @0  SOCKET ${live}  ✗ unknown`,
      ].join('\n'),
    );
  });

  it('refuses a socket that completes, and an address of another kind', () => {
    expect(marbles(({ server }) => server.socket(live).plays('o|'))).toThrow('plays: a socket does not complete');
    expect(marbles(({ server }) => server.socket('https://a.com'))).toThrow(
      "server: expected an absolute address such as 'wss://api.example.com/live'; got 'https://a.com'",
    );
  });
});
