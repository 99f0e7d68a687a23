import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator } from '../../../src/simulator/create-simulator.js';

interface Counted {
  readonly count: number;
  readonly padding: string;
}

/** Runs the writer until it has stored `writes` values, then kills it where it stands. @returns the last that it was told of. */
function killedAfter(writes: number, folder: string): Promise<number> {
  return new Promise((resolve) => {
    const script = 'tests/simulator/values/support/writing-process.ts';
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      told += piece;
      if (told.split('\n').length > writes) child.kill('SIGKILL');
    });
    child.once('close', () => resolve(Number(told.trimEnd().split('\n').at(-1))));
  });
}

describe('a process that is killed while it stores', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-killed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves each value whole: the last that it was told of, or the one after', async () => {
    for (const writes of [1, 20]) {
      const told = await killedAfter(writes, folder);
      const { count, padding } = createSimulator({ storageFolder: folder }).wx.getStorageSync<Counted>('counted');

      expect([told, told + 1]).toContain(count);
      expect(padding).toBe(String(count).padStart(100_000, '.'));
    }
  }, 60_000);
});
