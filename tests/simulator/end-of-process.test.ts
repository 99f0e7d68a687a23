import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSocketServer, type SocketServer } from '../support/socket-server.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import type { AppProcess, Measured } from './support/app-process.js';

describe('in real time', () => {
  let http: TestServer;
  let sockets: SocketServer;
  /** Where the process has its temporary folders. */
  const temporary = mkdtempSync(join(tmpdir(), 'rx-miniprogram-end-'));

  beforeAll(async () => {
    http = await startTestServer(({ url }) =>
      url === '/never' ? { when: new Promise(() => {}) } : { body: 'hello', header: { 'content-type': 'text/plain' } },
    );
    sockets = await startSocketServer({ tls: false });
  });
  afterAll(() => {
    rmSync(temporary, { recursive: true });
    return Promise.all([http.stop(), sockets.stop()]);
  });

  const run = (end: AppProcess['end']) =>
    new Promise<{ readonly code: number | null; readonly output: string; readonly endedAfterMs: number }>((resolve) => {
      const app: AppProcess = {
        end,
        http: { port: http.port, ca: http.ca },
        socketPort: sockets.port,
      };
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'tests/simulator/support/app-process.ts', JSON.stringify(app)],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: temporary } },
      );
      const impatience = setTimeout(() => child.kill(), 20_000);
      let output = '';
      let saidAt = 0;
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        output += piece;
        saidAt = Date.now();
      });
      child.once('close', (code) => {
        clearTimeout(impatience);
        resolve({ code, output, endedAfterMs: Date.now() - saidAt });
      });
    });

  it.each(['nothing more to do', 'hidden', 'destroy', 'restart'] as const)(
    'the process ends by itself: %s',
    async (end) => {
      const { code, output, endedAfterMs } = await run(end);

      expect({ code, output }).toEqual({ code: 0, output: 'nothing more to do' });
      // Not after a deadline of 60 s, five seconds in the background, or what a server keeps open.
      expect(endedAfterMs).toBeLessThan(3_000);
      expect(readdirSync(temporary).filter((name) => name.startsWith('rx-miniprogram'))).toEqual([]);
    },
    30_000,
  );

  it('close() leaves no connection and no file descriptor', async () => {
    const { code, output } = await run('close');
    const { filesBefore, filesAfter, heldBefore, heldAfter } = JSON.parse(output) as Measured;

    expect(code).toBe(0);
    expect(filesAfter).toBe(filesBefore);
    expect(heldAfter).toEqual(heldBefore);
  }, 30_000);
});
