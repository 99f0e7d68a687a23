import { take } from 'rxjs';
import { scriptWire } from '../../../src/simulator/wires/script.js';
import { wireChunk, wireHeaders, wireSent, type WireRequest } from '../../../src/simulator/wires/wire.js';
import { call$, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

const get = (url: string): WireRequest => ({ method: 'GET', url, header: {}, body: undefined, http2: false });

describe('scriptWire', () => {
  it(
    'answers in one piece',
    marbles(({ expectObservable }) => {
      const wire = scriptWire({
        'GET https://a.com/x': { statusCode: 201, header: { 'X-A': '1' }, body: 'hello', afterMs: 3 },
      });

      expectObservable(wire(get('https://a.com/x'))).toBe('---(hc|)', {
        h: wireHeaders(201, [['X-A', '1']]),
        c: wireChunk('hello'),
      });
    }),
  );

  it(
    'answers event by event',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('-h-c-|', { h: wireHeaders(200), c: wireChunk('hello') });
      const leaves = '     ^---! ';
      const expected = '   -h-c- ';

      expectObservable(scriptWire({ 'GET https://a.com/': answer })(get('https://a.com/')), leaves).toBe(expected, {
        h: wireHeaders(200),
        c: wireChunk('hello'),
      });
      expectSubscriptions(answer.subscriptions).toBe(leaves);
    }),
  );

  it(
    'answers by request, and looks at the query only where a route has one',
    marbles(({ expectObservable }) => {
      const wire = scriptWire({
        'GET https://a.com/x?page=2': { statusCode: 202 },
        'GET https://a.com/x': ({ url }) => ({ statusCode: url.length }),
      });

      expectObservable(wire(get('https://a.com/x?page=2'))).toBe('(h|)', { h: wireHeaders(202) });
      expectObservable(wire(get('https://a.com/x?page=3'))).toBe('(h|)', { h: wireHeaders(22) });
    }),
  );

  it(
    'sends an array chunk by chunk, and tells what was sent where that is asked for',
    marbles(({ expectObservable }) => {
      const wire = scriptWire({ 'POST https://a.com/': { body: ['one', 'two'], afterMs: 2, everyMs: 3 } });
      const upload = { ...get('https://a.com/'), method: 'POST', body: Buffer.from('hello'), tellsSent: true };

      expectObservable(wire(upload)).toBe('s-h--a--(b|)', {
        s: wireSent(5),
        h: wireHeaders(200),
        a: wireChunk('one'),
        b: wireChunk('two'),
      });
    }),
  );

  it('sends thousands of chunks at once, and none after it was left', () => {
    const wire = scriptWire({ 'GET https://a.com/': { body: Array.from({ length: 20_000 }, () => 'x') } });
    const seen = (count: number) => {
      let events = 0;
      wire(get('https://a.com/'))
        .pipe(take(count))
        .subscribe(() => events++);
      return events;
    };

    expect([seen(Infinity), seen(3)]).toEqual([20_001, 3]);
  });

  it('joins cookies by a comma and keeps them apart', () => {
    expect(
      wireHeaders(200, [
        ['Set-Cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['Vary', 'x'],
      ]),
    ).toEqual({
      type: 'headers',
      statusCode: 200,
      header: { 'Set-Cookie': 'a=1,b=2', Vary: 'x' },
      cookies: ['a=1', 'b=2'],
      connection: undefined,
    });
  });

  it('is loud about a route that it does not know', () => {
    const run = marbles(({ flush }) => {
      call$(phone({ '/known': {} }), '/unknown').subscribe({ error: () => {} });
      flush();
    });

    expect(run).toThrow(
      'scriptWire: no answer to GET https://api.example.com/unknown; known are\n  GET https://api.example.com/known',
    );
  });
});
