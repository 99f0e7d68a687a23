import { npmStart } from './support/npm-start.js';
import { displayWidth } from '../../examples/terminal/display-width.js';

describe('npm start -- --json', () => {
  it('[LIM-2][BG-1][BG-2] queues, is cut, comes back, and arrives decoded; the server never sees more than ten', async () => {
    const { code, lines } = await npmStart('--json');
    const summary = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;

    expect(code).toBe(0);
    expect(summary).toEqual({
      requests: 40,
      maxInFlight: 10,
      // How many calls still wait when the app is hidden depends on how quick this machine is.
      queued: expect.any(Number),
      held: expect.any(Number),
      interrupted: 5,
      replayed: 4,
      refused: { 'DOM-1': 1, 'DOM-2': 1, 'DOM-5': 1, 'DOM-7': 1, 'DOM-8': 1 },
      decoded: 33,
      statuses: { 200: 31, 404: 1, 500: 1 },
      errors: { 'domain-not-allowed': 5, decode: 1, interrupted: 1 },
      reachedWhileSuspended: 0,
      seconds: expect.any(Number),
    });
    expect(summary['queued']).toBeGreaterThanOrEqual(26);
    expect(summary['held']).toBeGreaterThanOrEqual(2);
    expect(summary['seconds']).toBeLessThan(20);

    const told = lines.join('\n');
    expect(told).toMatch(/#04 {2}interrupted \[BG-1\] {2}\/pay/);
    expect(told).toMatch(/#08 {2}needs the GB18030 decoder, bytes kept: 17 {2}\/gbk/);
    expect(told).toMatch(/#32 {2}refused \[DOM-5\] {2}https:\/\/api\.example\.com:443\/items/);
    expect(told).toMatch(/sent again {2}\/order/);
    expect(told).toMatch(/\n\/pay {2,}=+X {2}BG-1: not safe to send again/);
    expect(told).toMatch(/\n\/slow x3 +=+X~+=+[o23]+\n/);
    expect(told).toMatch(/\nhow many run +\d?\*/);
    expect(Math.max(...lines.slice(0, -1).map(displayWidth))).toBeLessThanOrEqual(80);
    // eslint-disable-next-line no-control-regex -- what a pipe must not get
    expect(told).not.toMatch(/\x1b/);
  }, 40_000);
});
