import fs, { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../../src/simulator/create-simulator.js';
import { useHarness } from '../harness.js';

/** Takes every write with a real ENOSPC. Linux has it. */
const FULL = '/dev/full';

// What is still coming goes there once the disk is full; all else is Node's own.
let full = false;
jest.mock('node:fs', () => {
  const real = jest.requireActual<typeof fs>('node:fs');
  return {
    ...real,
    openSync: (path: string, flags: string) =>
      full && flags === 'wx' ? real.openSync(FULL, 'w') : real.openSync(path, flags),
  };
});

const WORDS = 'the maximum size of the file storage limit is exceeded';
const NOTE = 'wxfile://usr/note.txt';

(existsSync(FULL) ? describe : describe.skip)('a disk that is really full (needs /dev/full)', () => {
  const harness = useHarness(() => ({ body: 'new' }));
  let storageFolder = '';
  let phone: Simulator;
  beforeEach(() => {
    storageFolder = mkdtempSync(join(tmpdir(), 'full-disk-test-'));
    phone = harness.phone({ storageFolder });
    phone.wx.getFileSystemManager().writeFileSync(NOTE, 'old');
    full = true;
  });
  afterEach(() => {
    full = false;
    rmSync(storageFolder, { recursive: true });
  });
  const filesNow = () =>
    readdirSync(storageFolder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );
  const expectUnchanged = () => {
    expect(filesNow()).toEqual(['note.txt']);
    expect(phone.wx.getFileSystemManager().readFileSync(NOTE, 'utf8')).toBe('old');
  };

  it.each([NOTE, undefined])('fails a download to %s, and leaves what was there', async (filePath) => {
    const told = await new Promise((complete) => {
      phone.wx.downloadFile({ url: 'https://api.example.com/', ...(filePath && { filePath }), complete });
    });

    expect(told).toMatchObject({ errMsg: `downloadFile:fail ${WORDS}`, errno: 1300202 });
    expectUnchanged();
  });

  it('fails a write, and leaves what was there', () => {
    const write = () => phone.wx.getFileSystemManager().writeFileSync(NOTE, 'new');

    expect(write).toThrow(`writeFileSync:fail ${WORDS}`);
    expectUnchanged();
  });
});
