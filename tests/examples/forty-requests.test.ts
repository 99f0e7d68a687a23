import { npmStart, type Started } from './support/npm-start.js';
import { displayWidth } from '../../examples/terminal/display-width.js';

// All acts in one run: each takes seconds of real time.
describe('npm start -- --json', () => {
  let started: Started;
  let summary: Record<string, unknown>;
  beforeAll(async () => {
    started = await npmStart('--json');
    summary = JSON.parse(started.lines.at(-1) ?? '') as Record<string, unknown>;
  }, 90_000);

  it('[LIM-2][BG-1][BG-2] queues, is cut, comes back, and arrives decoded; the server never sees more than ten', () => {
    const { code, lines, output } = started;

    expect(code).toBe(0);
    expect(summary).toMatchObject({
      requests: 40,
      maxInFlight: 10,
      interrupted: 5,
      replayed: 4,
      refused: { 'DOM-1': 1, 'DOM-2': 1, 'DOM-5': 1, 'DOM-7': 1, 'DOM-8': 1 },
      decoded: 34,
      charsets: { 'utf-8': 33, gbk: 1 },
      statuses: { 200: 32, 404: 1, 500: 1 },
      reachedWhileSuspended: 0,
    });
    expect(summary['errors']).toEqual({ 'domain-not-allowed': 5, interrupted: 1 });
    // How many calls still wait when the app is hidden depends on how quick this machine is.
    expect(summary['queued']).toBeGreaterThanOrEqual(26);
    expect(summary['held']).toBeGreaterThanOrEqual(2);
    expect(summary['seconds']).toBeLessThan(20);

    expect(output).toMatch(/#04 {2}interrupted \[BG-1\] {2}\/pay/);
    expect(output).toMatch(/#08 {2}200, \d+ ms, gbk: <p>\u4f60\u597d\uff0c\u4e16\u754c<\/p> {2}\/gbk/);
    expect(output).toMatch(/#32 {2}refused \[DOM-5\] {2}https:\/\/api\.example\.com:443\/items/);
    expect(output).toMatch(/sent again {2}\/order/);
    expect(output).toMatch(/\n\/pay {2,}[. ]?=+X {2}BG-1: not safe to send again/);
    expect(output).toMatch(/\n\/slow x3 +[. ]?=+X~+=+[o23]+\n/);
    expect(output).toMatch(/\nhow many run +\d*\*/);
    expect(lines.length).toBeGreaterThan(60);
  });

  it('[ENC-1] brings a file up, a file down, and an answer that goes on after the event at which it broke', () => {
    const { output } = started;

    expect(summary).toMatchObject({ uploaded: 12_000_000, downloaded: 8_000_000, events: 40 });
    expect(output).toMatch(/upload +75 %, [\d.]+ of 12\.0 MB\n/);
    expect(output).toMatch(/download +100 %, 8\.0 of 8\.0 MB\n/);
    expect(output).toMatch(/answer +the connection broke after event 21\n/);
    expect(output).toMatch(/answer +sent again, to go on after event 21 {2}\/answer\n/);
    expect(output).toContain('  answer          40 events, resumed after event 21\n');
    expect(output).toContain('  at the end      everything is what was sent\n');
  });

  it('[LIM-3][BG-1] keeps a chat room through the loss of its server and the background, each message once and in order', () => {
    const { output } = started;

    const sockets = summary['sockets'] as Record<string, number>;
    expect(sockets).toMatchObject({ opened: 3, maxOpen: 1, reconnects: 2, lost: 0, doubled: 0 });
    expect(sockets['sent']).toBeGreaterThanOrEqual(5);
    const heard = [...output.matchAll(/s {2}\S.{8} #(\d+) +(?:Ming|me)/g)].map(([, id]) => Number(id));
    expect(heard).toEqual(Array.from({ length: Number(sockets['received']) }, (_, index) => index + 1));
    expect(output).toMatch(/\| +socket +lost \(connection\); again in \d+ ms\n/);
    expect(output).toMatch(/socket +lost \(interrupted\); again when the app is back\n/);
  });

  it('[TCP-1][UDP-1] finds a lamp on the local network, and talks to it', () => {
    expect(started.output).toMatch(/\| +lan +UDP found a lamp at 192\.168\.1\.20; TCP echo: hello\n/);
  });

  it('[BG-1] does once, and in order, what was done in a tunnel by an app that was killed twice', () => {
    const { output } = started;

    expect(summary).toMatchObject({ outbox: { put: 9, lost: 0, doubled: 0 }, logins: 2, retries: 3 });
    // The order is made, and the connection breaks before the answer; so it is sent once more.
    expect((summary['outbox'] as Record<string, number>)['sent']).toBeGreaterThanOrEqual(10);
    expect(output).toContain('  killed  the app is killed; 9 wait on the phone\n');
    expect(output).toMatch(/6 arrived after 1 login\n/);
    expect(output).toMatch(/0 lost, 0 doubled, in order\n/);
  });

  it('prints what a pipe and a narrow terminal can take', () => {
    const { lines, output, errors } = started;

    expect(Math.max(...lines.slice(0, -1).map(displayWidth))).toBeLessThanOrEqual(80);
    // eslint-disable-next-line no-control-regex -- what a pipe must not get
    expect(output).not.toMatch(/\x1b/);
    expect(errors).toBe('');
  });
});
