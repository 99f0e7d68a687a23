import type { WireRequest } from '../../../src/simulator/wires/wire.js';
import { API, failure, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('request header', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['CR and LF in a value', { 'X-Bad': 'a\r\nEvil: 1' }, 'header X-Bad'],
    ['NUL in a value', { 'X-Bad': 'a\0b' }, 'header X-Bad'],
    ['a value beyond Latin-1', { 'X-Bad': '中文' }, 'header X-Bad'],
    ['a content type of two lines', { 'Content-Type': 'a\nb' }, 'header Content-Type'],
    ['a space in a name', { 'bad name': '1' }, 'header "bad name"'],
    ['CR and LF in a name', { 'x\r\nEvil': '1' }, String.raw`header "x\r\nEvil"`],
    ['an empty name', { '': '1' }, 'header ""'],
  ])('with %s is refused with 600005', (_what, header, named) => {
    marbles(({ flush }) => {
      let sent = 0;
      const simulator = phone({ '/a': () => ({ body: String(++sent) }) });
      const details: string[] = [];
      const failures: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && details.push(event.detail));
      simulator.wx.request({ url: `${API}/a`, header, fail: (told) => failures.push(told) });
      flush();

      expect(failures).toEqual([failure('request:fail network argv error', 600005)]);
      expect(details).toEqual([expect.stringContaining(named)]);
      expect(sent).toBe(0);
    })();
  });

  it(
    'keeps what is allowed, and drops what the client owns',
    marbles(({ flush }) => {
      let seen: WireRequest | undefined;
      const simulator = phone({
        '/a': (request) => {
          seen = request;
          return {};
        },
      });
      const owned = ['Host', 'Content-Length', 'Connection', 'Keep-Alive', 'TE', 'Transfer-Encoding', 'Upgrade'];
      const others = ['Expect', 'Proxy-Connection', 'Proxy-Authorization'];
      simulator.wx.request({
        url: `${API}/a`,
        header: {
          ...Object.fromEntries([...owned, ...others].map((name) => [name, 'x'])),
          'X-Kept': 'caf\xe9\t!',
          "X'~": '',
        },
      });
      flush();

      expect(Object.keys(seen?.header ?? {}).sort()).toEqual(
        ['content-type', 'X-Kept', "X'~", 'User-Agent', 'Accept-Encoding', 'Referer'].sort(),
      );
      expect(seen?.header['X-Kept']).toBe('caf\xe9\t!');
    }),
  );
});
