import { NEVER, of } from 'rxjs';
import type { RequestOption } from '../../../src/simulator/apis/request-types.js';
import { wireChunk, wireHeaders } from '../../../src/simulator/wires/wire.js';
import { API, at, createLog, phone } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.request, in virtual time', () => {
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
          note(`${result.header['x-a'] ?? ''} ${result.cookies.join()}`);
        },
      });
      task.onHeadersReceived(({ header, cookies }) => {
        header['x-a'] = 'written';
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
});
