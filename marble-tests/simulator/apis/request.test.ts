import { NEVER, of } from 'rxjs';
import type { RequestOption } from '../../../src/simulator/apis/request-types.js';
import { wireChunk, WireFailure, wireHeaders, type WireEvent } from '../../../src/simulator/wires/wire.js';
import { API, at, call$, createLog, failure, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.request, in virtual time', () => {
  it(
    'answers when the wire does',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const hop = cold('       --h-(b|)', { h: wireHeaders(200), b: wireChunk('hello') });
      const hopSubs = '        ^---!   ';
      const expected = '       ----(a|)';

      expectObservable(call$(phone({ '/hello': hop }), '/hello')).toBe(expected, { a: '200 hello' });
      expectSubscriptions(hop.subscriptions).toBe(hopSubs);
    }),
  );

  it(
    'fails when the wire does',
    marbles(({ cold, expectObservable }) => {
      const hop = cold('--h-#', { h: wireHeaders(200) }, new WireFailure('reset'));

      expectObservable(call$(phone({ '/reset': hop }), '/reset')).toBe(
        '----#',
        undefined,
        failure('request:fail -101:net::ERR_CONNECTION_RESET', 600001),
      );
    }),
  );

  it.each([200, 204, 301, 400, 404, 500, 503])('[CB-1] takes status %i for success', (statusCode) => {
    marbles(({ expectObservable }) => {
      expectObservable(call$(phone({ '/status': { statusCode, body: 'body', afterMs: 1 } }), '/status')).toBe('-(a|)', {
        a: `${statusCode} body`,
      });
    })();
  });

  it(
    'never calls back in the turn of the call',
    marbles(({ flush }) => {
      const simulator = phone({ '/at-once': of(wireHeaders(200), wireChunk('now')) });
      const { lines, note } = createLog();
      for (const url of [`${API}/at-once`, 'https://unlisted.example.com', '']) {
        simulator.wx.request({ url, complete: ({ errMsg }) => note(errMsg) });
      }
      note('the turn ends');
      flush();

      expect(lines).toEqual([
        '0 the turn ends',
        '0 request:ok',
        '0 request:fail url not in domain list',
        '0 request:fail invalid url ""',
      ]);
    }),
  );

  it(
    'aborts the hop in the turn of the abort, and tells fail, then complete, once',
    marbles(({ cold, expectSubscriptions, flush }) => {
      const hop = cold<WireEvent>('----------|');
      const hopSubs = '            ^---!      ';
      const { lines, note } = createLog();
      const task = phone({ '/slow': hop }).wx.request({
        url: `${API}/slow`,
        success: () => note('success'),
        fail: ({ errMsg, errno }) => note(`fail ${errMsg} ${errno}`),
        complete: ({ errMsg }) => note(`complete ${errMsg}`),
      });
      at(4, task.abort);
      at(5, task.abort);
      expectSubscriptions(hop.subscriptions).toBe(hopSubs);
      flush();

      expect(lines).toEqual(['4 fail request:fail abort undefined', '4 complete request:fail abort']);
    }),
  );

  it(
    'aborts a queued call, and ignores the abort of one that was refused or has ended',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': NEVER, '/quick': { body: 'ok' } });
      const { lines, note } = createLog();
      const call = (url: string) => simulator.wx.request({ url, complete: ({ errMsg }) => note(errMsg) });
      const ended = call(`${API}/quick`);
      at(1, ended.abort);
      call('http://api.example.com/').abort();
      for (let index = 0; index < 10; index++) simulator.wx.request({ url: `${API}/slow` });
      at(3, () => call(`${API}/slow`).abort());
      flush();

      expect(lines).toEqual(['0 request:ok', '0 request:fail url not in domain list', '3 request:fail abort']);
    }),
  );

  it(
    'hands chunks over as they come, and no data at the end, with enableChunked',
    marbles(({ cold, flush }) => {
      const hop = cold('-h-a--b|', { h: wireHeaders(200), a: wireChunk('one'), b: wireChunk('two') });
      const { lines, note } = createLog();
      const task = phone({ '/live': hop }).wx.request({
        url: `${API}/live`,
        enableChunked: true,
        success: ({ data }) => note(`end ${JSON.stringify(data)}`),
      });
      task.onHeadersReceived(({ statusCode }) => note(`headers ${statusCode}`));
      task.onChunkReceived(({ data }) => note(Buffer.from(data).toString()));
      flush();

      expect(lines).toEqual(['1 headers 200', '3 one', '6 two', '7 end ""']);
    }),
  );

  it(
    'removes one listener, or all',
    marbles(({ cold, flush }) => {
      const hop = cold('-a-b-(c|)', { a: wireHeaders(200), b: wireChunk('b'), c: wireChunk('c') });
      const { lines, note } = createLog();
      const task = phone({ '/live': hop }).wx.request({ url: `${API}/live`, enableChunked: true });
      const first = () => note('first');
      task.onChunkReceived(first);
      task.onChunkReceived(() => note('second'));
      task.onHeadersReceived(() => note('headers'));
      task.offHeadersReceived();
      at(2, () => task.offChunkReceived(first));
      at(4, () => task.offChunkReceived());
      flush();

      expect(lines).toEqual(['3 second']);
    }),
  );

  it(
    'reads what it is given at once',
    marbles(({ flush }) => {
      const simulator = phone({ '/one': { body: 'one', afterMs: 1 } });
      const { lines, note } = createLog();
      const option: RequestOption = { url: `${API}/one`, success: ({ data }) => note(data as string) };
      simulator.wx.request(option);
      option.url = `${API}/two`;
      option.dataType = 'none';
      option.success = () => note('a callback of the next call');
      flush();

      expect(lines).toEqual(['1 one']);
    }),
  );

  it(
    'gives each callback something of its own to write into',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      const task = phone({ '/one': { header: { 'X-A': '1', 'Set-Cookie': 'a=1' } } }).wx.request({
        url: `${API}/one`,
        success: (result) => {
          result.cookies.push('b=2');
          note(`${result.header['X-A'] ?? ''} ${result.cookies.join()}`);
        },
      });
      task.onHeadersReceived(({ header, cookies }) => {
        header['X-A'] = 'written';
        cookies.push('written');
      });
      flush();

      expect(lines).toEqual(['0 1 a=1,b=2']);
    }),
  );

  it(
    'tells nothing of an answer after the turn of an abort',
    marbles(({ cold, flush }) => {
      const { lines, note } = createLog();
      const task = phone({ '/live': cold('-h-', { h: wireHeaders(200) }) }).wx.request({
        url: `${API}/live`,
        fail: ({ errMsg }) => note(errMsg),
      });
      task.onHeadersReceived(() => note('headers'));
      // In the turn after the answer came, before the app was told of it.
      at(1, task.abort);
      flush();

      expect(lines).toEqual(['1 request:fail abort']);
    }),
  );

  it(
    'ends each call once when a failure starts the next in line, and fails it too',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': NEVER }, { slotFreedAfterCallback: false });
      const { lines, note } = createLog();
      for (let id = 1; id <= 12; id++) simulator.wx.request({ url: `${API}/slow`, complete: () => note(`${id}`) });
      at(1, () => simulator.setNetwork('none'));
      flush();

      expect([...lines].sort()).toEqual(Array.from({ length: 12 }, (_, index) => `1 ${index + 1}`).sort());
    }),
  );

  it(
    'calls complete when success throws, gives the place back, and lets the error be seen',
    marbles(({ flush }) => {
      const simulator = phone({ '/ok': { body: 'ok', afterMs: 1 } });
      const { lines, note } = createLog();
      simulator.wx.request({
        url: `${API}/ok`,
        success: () => {
          throw new Error('from success');
        },
        complete: () => note('complete'),
      });

      expect(flush).toThrow('from success');
      expect(lines).toEqual(['1 complete']);
    }),
  );

  it(
    'fails running calls when the connection is lost, and new ones until it is back',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': NEVER, '/ok': { body: 'ok' } });
      const { lines, note } = createLog();
      const call = (path: string) =>
        call$(simulator, path).subscribe({ next: note, error: ({ errMsg, errno }) => note(`${errMsg} ${errno}`) });
      simulator.wx.onNetworkStatusChange(({ isConnected, networkType }) => note(`${isConnected} ${networkType}`));
      call('/slow');
      at(5, () => simulator.setNetwork('none'));
      at(6, () => call('/ok'));
      at(7, () => simulator.setNetwork('4g'));
      at(8, () => call('/ok'));
      flush();

      const offline = 'request:fail -106:net::ERR_INTERNET_DISCONNECTED 600001';
      expect(lines).toEqual([`5 ${offline}`, '5 false none', `6 ${offline}`, '7 true 4g', '8 200 ok']);
    }),
  );

  it(
    'cancels all running calls when the connection changes, as iOS does',
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/slow': NEVER }, { dialect: 'ios-cronet' });
      at(5, () => simulator.setNetwork('4g'));

      expectObservable(call$(simulator, '/slow')).toBe(
        '-----#',
        undefined,
        failure('request:fail errcode:10011 cronet_error_code:0 error_msg:network change, cancel all task', 600001),
      );
    }),
  );

  it(
    "[ENC-1] never calls back on GBK with charsetTrial: 'silent', and gives the place back",
    marbles(({ flush }) => {
      const gbk = {
        header: { 'Content-Type': 'text/html; charset=gbk' },
        body: Buffer.from('c4e3bac3', 'hex'),
        afterMs: 1,
      };
      const simulator = phone({ '/gbk': gbk }, { charsetTrial: 'silent' });
      const { lines, note } = createLog();
      const settled: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'settled' && settled.push(event));
      for (let id = 1; id <= 11; id++) simulator.wx.request({ url: `${API}/gbk`, complete: () => note('complete') });
      flush();

      expect(lines).toEqual([]);
      expect(settled).toHaveLength(11);
      expect(settled[0]).toEqual({ type: 'settled', id: 1, outcome: 'silence', rule: 'ENC-1', at: 1 });
    }),
  );

  it(
    'begins each call with called and ends it with settled',
    marbles(({ flush }) => {
      const simulator = phone({ '/slow': { body: 'ok', afterMs: 9_000 } });
      const events: unknown[] = [];
      simulator.events$.subscribe((event) => events.push(event));
      call$(simulator, '/slow').subscribe({ error: () => {} });
      at(1, simulator.enterBackground);
      flush();

      expect(events).toEqual([
        { type: 'called', id: 1, api: 'request', method: 'GET', url: `${API}/slow`, timeoutMs: 60_000, at: 0 },
        { type: 'started', id: 1, running: 1, at: 0 },
        { type: 'hidden', at: 1 },
        { type: 'suspended', at: 5_001 },
        {
          type: 'settled',
          id: 1,
          outcome: 'fail',
          errMsg: 'request:fail interrupted',
          errno: 600003,
          rule: 'BG-1',
          at: 5_001,
        },
      ]);
    }),
  );
});
