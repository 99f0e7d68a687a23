import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NEVER } from 'rxjs';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import type { FileSystemManager } from '../../../src/simulator/apis/file-system-types.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';

const USER = 'wxfile://usr';

describe('the sandbox', () => {
  let outer = '';
  let storageFolder = '';
  const made: Simulator[] = [];
  const filesOf = (options: SimulatorOptions = {}): FileSystemManager => {
    const simulator = createSimulator({ wire: () => NEVER, storageFolder, ...options });
    made.push(simulator);
    return simulator.wx.getFileSystemManager();
  };

  beforeEach(() => {
    outer = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
    storageFolder = join(outer, 'device');
    mkdirSync(storageFolder);
    writeFileSync(join(outer, 'secret.txt'), 'secret');
  });
  afterEach(async () => {
    await Promise.all(made.splice(0).map((simulator) => simulator.close()));
    rmSync(outer, { recursive: true, force: true });
  });

  /** Every operation that takes a path, on this one. */
  const everyOperation = (files: FileSystemManager, path: string): readonly (() => unknown)[] => [
    () => files.accessSync(path),
    () => files.readFileSync(path),
    () => files.writeFileSync(path, 'x'),
    () => files.appendFileSync(path, 'x'),
    () => files.unlinkSync(path),
    () => files.mkdirSync(path),
    () => files.mkdirSync(path, true),
    () => files.rmdirSync(path),
    () => files.rmdirSync(path, true),
    () => files.readdirSync(path),
    () => files.statSync(path),
    () => files.statSync(path, true),
    () => files.saveFileSync(path),
    () => files.saveFileSync('wxfile://tmp_a', path),
    () => files.copyFileSync(path, `${USER}/stolen`),
    () => files.copyFileSync(`${USER}/own.txt`, path),
    () => files.renameSync(path, `${USER}/stolen`),
    () => files.renameSync(`${USER}/own.txt`, path),
  ];
  const expectUntouched = () => {
    expect(readdirSync(outer).sort()).toEqual(['device', 'secret.txt']);
    expect(readFileSync(join(outer, 'secret.txt'), 'utf8')).toBe('secret');
    expect(readdirSync(join(storageFolder, 'usr'))).not.toContain('stolen');
  };
  const prepared = () => {
    const files = filesOf();
    files.writeFileSync(`${USER}/own.txt`, 'own');
    writeFileSync(join(storageFolder, 'tmp', 'a'), 'temporary');
    return files;
  };

  it.each([
    `${USER}/../../secret.txt`,
    `${USER}/folder/../../../secret.txt`,
    `${USER}/..`,
    `${USER}/..\\..\\secret.txt`,
    `${USER}/\0/../secret.txt`,
    'wxfile://usr..',
    'wxfile://tmp_..',
    'wxfile://tmp_../../secret.txt',
    'wxfile://store_..',
    'wxfile://part_x',
    'wxfile:///secret.txt',
    'WXFILE://usr/own.txt',
    'http://usr/own.txt',
    'file:///etc/passwd',
    '/etc/passwd',
    '../secret.txt',
    '',
  ])('knows no path %j', (path) => {
    const files = prepared();

    for (const operation of everyOperation(files, path)) expect(operation).toThrow(/:fail permission denied, /);
    expectUntouched();
  });

  it('knows no path that fast-check can think of, outside', () => {
    const files = prepared();
    const segment = fc.constantFrom('..', '.', '', 'secret.txt', '..\\', '%2e%2e', '~', 'own.txt', '\u2025', '/');
    fc.assert(
      fc.property(
        fc.constantFrom('usr', 'usr/', 'tmp_', 'store_', ''),
        fc.array(segment, { maxLength: 6 }),
        (area, segments) => {
          for (const operation of everyOperation(files, `wxfile://${area}${segments.join('/')}`)) {
            try {
              operation();
            } catch {
              // Most are refused; what counts is what they reach.
            }
          }
          expect(readdirSync(outer).sort()).toEqual(['device', 'secret.txt']);
          expect(readFileSync(join(outer, 'secret.txt'), 'utf8')).toBe('secret');
          files.mkdirSync(USER, true);
          files.writeFileSync(`${USER}/own.txt`, 'own');
        },
      ),
    );
  });

  it.each([
    ['a link to a file', 'link', ''],
    ['a link to a folder', 'link', '/secret.txt'],
    ['a link to nothing', 'dangling', ''],
  ])('follows no link: %s', (_what, name, below) => {
    const files = prepared();
    symlinkSync(below === '' ? join(outer, 'secret.txt') : outer, join(storageFolder, 'usr', 'link'));
    symlinkSync(join(outer, 'new.txt'), join(storageFolder, 'usr', 'dangling'));

    for (const operation of everyOperation(files, `${USER}/${name}${below}`))
      expect(operation).toThrow(/:fail permission denied, /);
    expectUntouched();
    expect(files.readdirSync(USER)).toEqual(['own.txt']);
    expect(JSON.stringify(files.statSync(USER, true))).not.toContain('secret');
  });

  it('follows no link in place of an area, nor of the place for files that are coming', () => {
    for (const area of ['usr', 'tmp', 'store', 'part']) {
      rmSync(join(storageFolder, area), { recursive: true, force: true });
      symlinkSync(outer, join(storageFolder, area));
    }
    const files = filesOf();

    expect(() => files.writeFileSync(`${USER}/a`, 'x')).toThrow('permission denied');
    expect(() => files.readFileSync('wxfile://tmp_secret.txt')).toThrow('permission denied');
    expect(existsSync(join(outer, 'a'))).toBe(false);
  });

  it('takes away a folder with links in it, and not what they lead to', () => {
    const files = prepared();
    files.mkdirSync(`${USER}/folder`);
    symlinkSync(outer, join(storageFolder, 'usr', 'folder', 'link'));
    files.rmdirSync(`${USER}/folder`, true);

    expect(files.readdirSync(USER)).toEqual(['own.txt']);
    expectUntouched();
  });

  (process.platform === 'win32' ? it.skip : it)('does not wait at a pipe', () => {
    const files = prepared();
    execFileSync('mkfifo', [join(storageFolder, 'usr', 'pipe')]);

    expect(() => files.readFileSync(`${USER}/pipe`)).toThrow('operation not permitted, open "wxfile://usr/pipe"');
    expect(() => files.writeFileSync(`${USER}/pipe`, 'x')).toThrow('permission denied');
    expect(() => files.copyFileSync(`${USER}/pipe`, `${USER}/copy`)).toThrow('operation not permitted');
  });

  it('keeps its own folder, its saved files and the temporary ones from being written', () => {
    const files = prepared();
    const saved = files.saveFileSync('wxfile://tmp_a');
    writeFileSync(join(storageFolder, 'tmp', 'b'), 'temporary');

    for (const path of [USER, `${USER}/`, saved, 'wxfile://tmp_b']) {
      expect(() => files.writeFileSync(path, 'x')).toThrow('permission denied');
      expect(() => files.unlinkSync(path)).toThrow('permission denied');
      expect(() => files.rmdirSync(path, true)).toThrow('permission denied');
      expect(() => files.renameSync(path, `${USER}/stolen`)).toThrow('permission denied');
    }
    expect(files.readFileSync(saved, 'utf8')).toBe('temporary');
  });

  it('makes a folder at the first use alone, and takes it away with close()', async () => {
    const made = jest.spyOn(jest.requireActual<typeof import('node:fs')>('node:fs'), 'mkdtempSync');
    const simulator = createSimulator({ wire: () => NEVER });

    expect(made).not.toHaveBeenCalled();
    simulator.wx.getFileSystemManager().writeFileSync(`${USER}/a`, 'x');
    const folder = String(made.mock.results[0]?.value);
    made.mockRestore();
    expect(readFileSync(join(folder, 'usr', 'a'), 'utf8')).toBe('x');
    await simulator.close();
    expect(existsSync(folder)).toBe(false);
    expect(() => simulator.wx.getFileSystemManager().writeFileSync(`${USER}/a`, 'x')).toThrow(
      'the simulator has been closed',
    );
  });

  it('leaves a folder that was given to it, for the next start of the app', async () => {
    prepared();
    await Promise.all(made.map((simulator) => simulator.close()));

    expect(filesOf().readFileSync(`${USER}/own.txt`, 'utf8')).toBe('own');
  });

  it('tells in its own words, and not where, that its folder has gone', () => {
    const files = filesOf();
    files.mkdirSync(`${USER}/a`);
    rmSync(storageFolder, { recursive: true });

    expect(() => files.writeFileSync(`${USER}/b`, 'x')).toThrow(
      `writeFileSync:fail no such file or directory, open "${USER}/b"`,
    );
  });
});
