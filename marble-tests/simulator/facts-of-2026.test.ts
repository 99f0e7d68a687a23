import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PHONE_NAMES } from '../../src/simulator/phones.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { scriptWire } from '../../src/simulator/wires/script.js';
import { wireHeaders, type WireRequest } from '../../src/simulator/wires/wire.js';
import { marbles } from '../../src/testing/index.js';
import { of } from 'rxjs';
import { API, createLog } from './phone.js';

const domains = { request: [API] };
const ROOT = join(__dirname, '../..');

describe('what the documents of 2026 say, the same on every phone', () => {
  it.each(PHONE_NAMES)('[F4] the header is told before the end, also where all comes at once, on %s', (phone) => {
    marbles(({ flush }) => {
      const wire = scriptWire({ [`GET ${API}/`]: { body: ['one', 'two'] } });
      const { lines, note } = createLog();
      const enableChunked = true;
      const success = () => note('end');
      const task = createSimulator({ phone, domains, wire }).wx.request({ url: `${API}/`, enableChunked, success });
      // In the turn of the call, but after it, as every app does.
      task.onHeadersReceived(() => note('headers'));
      task.onChunkReceived(() => note('chunk'));
      flush();

      expect(lines.map((line) => line.replace(/^\d+ /, ''))).toEqual(['headers', 'chunk', 'chunk', 'end']);
    })();
  });

  it.each(PHONE_NAMES)('[F12] an answer over QUIC has its name and lower case on %s', (phone) => {
    marbles(({ flush }) => {
      const connection = { protocol: 'quic', peerIP: '10.0.0.1', port: 443, socketReused: false } as const;
      const wire = () => of(wireHeaders(200, [['X-A', '1']], connection));
      const told: unknown[] = [];
      createSimulator({ phone, domains, wire, tellsProfile: true }).wx.request({
        url: `${API}/`,
        success: ({ header, profile }) => told.push(Object.keys(header), profile.protocol),
      });
      flush();

      expect(told).toEqual([['x-a'], 'quic']);
    })();
  });

  it.each(PHONE_NAMES)('[F15] wx.request has no PATCH on %s', (phone) => {
    marbles(({ flush }) => {
      const sent: WireRequest[] = [];
      const failed: string[] = [];
      const wire = (request: WireRequest) => {
        sent.push(request);
        return of(wireHeaders(200));
      };
      createSimulator({ phone, domains, wire }).wx.request({
        url: `${API}/`,
        method: 'PATCH' as 'POST',
        fail: ({ errMsg }) => failed.push(errMsg),
      });
      flush();

      expect([sent, failed]).toEqual([[], [expect.stringMatching(/method.*PATCH/)]]);
    })();
  });
});

describe('discoveries/phones.md#the-documents-of-2026', () => {
  const page = readFileSync(join(ROOT, 'discoveries/phones.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (F\d+) \|(.*)\|$/gm)].map(([, id = '', rest = '']) => ({
    id,
    cells: rest.split(' | '),
  }));

  it('has a row for each', () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, index) => `F${index + 1}`));
  });

  it.each(rows.map(({ id, cells }) => [id, cells] as const))('%s: the tests that it names say so', (id, cells) => {
    const files = cells
      .slice(2)
      .flatMap((cell) => [...cell.matchAll(/`([\w/.-]+\.test\.ts)`/g)].map(([, file]) => file));
    for (const file of files) expect(readFileSync(join(ROOT, file ?? ''), 'utf8')).toContain(`[${id}]`);
    // What no client shows is in documents alone.
    expect(files.length > 0).toBe(!/documents only/.test(cells.join()));
  });
});
