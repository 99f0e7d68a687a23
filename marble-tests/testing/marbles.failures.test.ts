import { asapScheduler, asyncScheduler, Observable, of, repeat, throwError, timer } from 'rxjs';
import { json, marbles, text } from '../../src/testing/index.js';
import { users, get$ } from './bare-client.js';

describe('marbles', () => {
  describe('fails the test', () => {
    it('for an address that nobody promised an answer to, and prints what was known and what came', () => {
      const test = marbles(({ wx, server, expectObservable }) => {
        server.get(users).replies('--r|');
        expectObservable(get$(wx)).toBe('---(r|)', { r: 'r' });
        expectObservable(get$(wx, 'https://api.example.com/user'), '-^').toBe('---(r|)', { r: 'r' });
      });

      expect(test).toThrow(
        [
          'server: 1 call came that no answer was promised to',
          '  promised:',
          "    GET https://api.example.com/users  '--r|'  claimed @0",
          '  arrived:',
          '    @0  GET https://api.example.com/users',
          '    @1  GET https://api.example.com/user  ✗ unknown',
        ].join('\n'),
      );
    });

    it('for a second call where one answer was promised', () => {
      const test = marbles(({ wx, server, flush }) => {
        server.get(users).replies('r|');
        get$(wx).subscribe();
        get$(wx).subscribe({ error: () => {} });
        flush();
      });

      expect(test).toThrow('server: 1 call came that no answer was promised to');
    });

    it('for a promise that nobody claimed, and says which rule kept the call away', () => {
      const test = marbles(
        ({ wx, server, flush }) => {
          server.post(users).replies('r|').alwaysReplies('-r|');
          get$(wx, 'https://api.example.com:443/users').subscribe({ error: () => {} });
          flush();
        },
        { simulator: { domains: { request: ['https://api.example.com'] } } },
      );

      expect(test).toThrow(
        /^server: 2 promised answers were never asked for\n {2}promised:\n {4}POST https:\/\/api.example.com\/users {2}'r\|' {2}✗ never asked for\n[^]*arrived:\n {4}nothing\n {2}refused by a rule, so that they never arrived:\n {4}@0 {2}GET https:\/\/api.example.com:443\/users {2}\[DOM-5\]/,
      );
    });

    it('for a difference, when the server has nothing to say', () => {
      const test = marbles(({ expectObservable, cold }) => {
        expectObservable(cold('a')).toBe('b');
      });
      expect(test).toThrow(/strictly deep-equal/);
    });

    it('for what went wrong first: a promise unused because of it says nothing', () => {
      const test = marbles(({ server }) => {
        server.get(users).replies('-r|');
        throw new Error('first');
      });
      expect(test).toThrow('first');
    });

    it('for an error of another code', () => {
      const withCode = (code: string) => Object.assign(new Error('no'), { code });
      const test = marbles(({ expectObservable }) => {
        expectObservable(throwError(() => withCode('dns'))).toBe('#', {}, withCode('tls'));
      });
      expect(test).toThrow(/strictly deep-equal/);
    });

    it('by the comparison that it is given', () => {
      const compared: unknown[] = [];
      marbles(({ expectObservable, cold }) => expectObservable(cold('a')).toBe('b'), {
        assertDeepEqual: (actual) => compared.push(actual),
      })();
      expect(compared).toHaveLength(1);
    });
  });

  it('does not let a red test redden the next: what asap still holds is run', () => {
    let ran = false;
    const red = marbles(() => {
      asapScheduler.schedule(() => {
        ran = true;
      });
      throw new Error('red');
    });

    expect(red).toThrow('red');
    expect(ran).toBe(true);
    expect(asapScheduler.actions).toEqual([]);
  });

  describe('fails where time would stand still', () => {
    it.each([
      ['a poll without a pause', () => timer(0).pipe(repeat())],
      [
        'what schedules itself again',
        () =>
          new Observable(() =>
            asyncScheduler.schedule(function () {
              this.schedule();
            }),
          ),
      ],
    ])('%s', (_what, endless) => {
      const test = marbles(({ expectObservable }) => {
        expectObservable(endless()).toBe('');
      });

      expect(test).toThrow('marbles: 200000 turns at 0 ms and no end: something calls or schedules itself again');
      // And nothing of it is left for the next.
      marbles(({ expectObservable }) => expectObservable(of('a')).toBe('(a|)'))();
    });
  });

  describe('refuses', () => {
    const run = (body: Parameters<typeof marbles>[0]) => () => marbles(body)();

    it.each<[string, Parameters<typeof marbles>[0], string]>([
      [
        'a relative address',
        ({ server }) => server.get('/users'),
        "server: expected an absolute address such as 'https://api.example.com/users'; got '/users'",
      ],
      [
        'an unknown failure',
        ({ server }) => server.get(users).replies('#', {}, 'boom' as 'dns'),
        "replies: there is no failure 'boom'; there are dns, refused",
      ],
      [
        'a value without a letter',
        ({ server }) => server.get(users).replies('-r|', { x: 'x' }),
        "replies: '-r|' has no x",
      ],
      [
        'a value that is no answer',
        ({ server }) => server.get(users).replies('-r|', { r: 200 as never }),
        'replies: r must be json(…), text(…)',
      ],
      [
        'an unsubscription in an answer',
        ({ server }) => server.get(users).replies('-r!'),
        "replies: ^ and ! say nothing of an answer; got '-r!'",
      ],
      [
        'a letter that no lane of the app has',
        ({ app }) => app('-x'),
        "app: a lane has h (hide) and s (show); got '-x'",
      ],
      [
        'a letter that no lane of the network has',
        ({ network }) => network('-n'),
        "network: a lane has o (offline), w (weak) and b (back); got '-n'",
      ],
      [
        "an answer's head in the words of wx.request",
        () => json({}, { statusCode: 403 } as object),
        "json: Unknown option 'statusCode'; write status",
      ],
      [
        'a status in the place of a head',
        () => text('no', 403 as never),
        'text: expected an object with options; got 403',
      ],
      ['what JSON cannot say', () => json(undefined), 'json: expected something that JSON can say; got undefined'],
    ])('%s', (_what, body, message) => {
      expect(run(body)).toThrow(message);
    });

    it('options that make no sense', () => {
      expect(marbles(() => {}, { frameMs: 0 })).toThrow('frameMs: expected a positive number of milliseconds; got 0');
      expect(marbles(() => {}, { assertDeepEqual: 'no' as never })).toThrow('assertDeepEqual: expected a function');
      expect(marbles(() => {}, { domains: {} } as object)).toThrow(
        "the test kit: Unknown option 'domains'; write simulator: { domains }",
      );
    });
  });
});
