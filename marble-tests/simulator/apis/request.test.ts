import { NEVER } from 'rxjs';
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
        { type: 'destroyed', at: 5_001 + 30 * 60_000 },
      ]);
    }),
  );
});
