import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER } from 'rxjs';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import type { FileStatAt, FileSystemManager } from '../../../src/simulator/apis/file-system-types.js';
import { thrownBy } from '../../support/thrown-by.js';

const USER = 'wxfile://usr';
const NONE = `${USER}/none`;

describe('wx.getFileSystemManager()', () => {
  let storageFolder = '';
  let simulator: Simulator;
  let files: FileSystemManager;
  beforeEach(() => {
    storageFolder = mkdtempSync(join(tmpdir(), 'file-system-test-'));
    simulator = createSimulator({ wire: () => NEVER, storageFolder, maxStorageBytes: 100 });
    files = simulator.wx.getFileSystemManager();
    files.writeFileSync(`${USER}/a.txt`, 'hello 你好');
    files.mkdirSync(`${USER}/folder/inner`, true);
  });
  afterEach(async () => {
    await simulator.close();
    rmSync(storageFolder, { recursive: true });
  });

  const temporary = (bytes = 'temporary') => {
    writeFileSync(join(storageFolder, 'tmp', 'photo.jpg'), bytes);
    return 'wxfile://tmp_photo.jpg';
  };
  const text = (path: string) => files.readFileSync(path, 'utf8') as string;

  it('is one for the whole app', () => {
    expect(simulator.wx.getFileSystemManager()).toBe(files);
  });

  it('reads text in an encoding, bytes without one, and parts of both', () => {
    expect(text(`${USER}/a.txt`)).toBe('hello 你好');
    expect(files.readFileSync(`${USER}/a.txt`, 'hex', 6, 3)).toBe('e4bda0');
    const bytes = files.readFileSync(`${USER}/a.txt`, undefined, 0, 5);
    expect(Object.prototype.toString.call(bytes)).toBe('[object ArrayBuffer]');
    expect(Buffer.from(bytes as ArrayBuffer).toString()).toBe('hello');
  });

  it('writes text and bytes over what was there, and appends', () => {
    files.writeFileSync(`${USER}/a.txt`, 'aGk=', 'base64');
    files.appendFileSync(`${USER}/a.txt`, new Uint8Array([33]).buffer);
    expect(text(`${USER}/a.txt`)).toBe('hi!');
  });

  it('copies, renames, removes', () => {
    files.copyFileSync(`${USER}/a.txt`, `${USER}/folder/b.txt`);
    files.renameSync(`${USER}/folder/b.txt`, `${USER}/c.txt`);
    files.unlinkSync(`${USER}/a.txt`);
    files.rmdirSync(`${USER}/folder/inner`);
    expect(files.readdirSync(USER)).toEqual(['c.txt', 'folder']);
    files.rmdirSync(`${USER}/folder`, true);
    expect(files.readdirSync(USER)).toEqual(['c.txt']);
    expect(text(`${USER}/c.txt`)).toBe('hello 你好');
  });

  it('saves a temporary file: it moves', () => {
    const saved = files.saveFileSync(temporary());
    expect([saved, text(saved)]).toEqual(['wxfile://store_photo.jpg', 'temporary']);
    expect(files.saveFileSync(temporary('other'), `${USER}/own.jpg`)).toBe(`${USER}/own.jpg`);
    expect(() => files.accessSync('wxfile://tmp_photo.jpg')).toThrow('no such file or directory');
  });

  it('tells what is there, below a folder too', () => {
    const one = files.statSync(`${USER}/a.txt`);
    expect(one).toMatchObject({ size: 12 });
    expect([one].map((stats) => 'isFile' in stats && [stats.isFile(), stats.isDirectory()])).toEqual([[true, false]]);
    expect((files.statSync(USER, true) as FileStatAt[]).map(({ path }) => path)).toEqual([
      '/',
      '/a.txt',
      '/folder',
      '/folder/inner',
    ]);
  });

  it('tells a file’s size and digest', async () => {
    expect(
      await told((option) => files.getFileInfo({ filePath: `${USER}/a.txt`, digestAlgorithm: 'sha1', ...option })),
    ).toEqual({
      errMsg: 'getFileInfo:ok',
      errCode: 0,
      size: 12,
      digest: '20da9083b6e68998490d5aa8cc1533c294b67923',
    });
  });

  it('does it at once, and tells it in a turn of its own', async () => {
    const order: string[] = [];
    const end = new Promise((resolve) => {
      files.writeFile({ filePath: `${USER}/b`, data: 'x', success: () => order.push('success'), complete: resolve });
    });
    order.push(`the turn ends ${text(`${USER}/b`)}`);

    expect(await end).toEqual({ errMsg: 'writeFile:ok', errCode: 0 });
    expect(order).toEqual(['the turn ends x', 'success']);
  });

  it('has a form with callbacks and a synchronous one, which tell the same', async () => {
    expect(await told((option) => files.readFile({ filePath: `${USER}/a.txt`, encoding: 'utf8', ...option }))).toEqual({
      errMsg: 'readFile:ok',
      errCode: 0,
      data: 'hello 你好',
    });
    expect(await told((option) => files.readdir({ dirPath: USER, ...option }))).toMatchObject({
      files: ['a.txt', 'folder'],
    });
    expect(await told((option) => files.saveFile({ tempFilePath: temporary(), ...option }))).toMatchObject({
      savedFilePath: 'wxfile://store_photo.jpg',
    });
    expect(await told((option) => files.access({ path: NONE, ...option }))).toEqual({
      errMsg: `access:fail no such file or directory, access "${NONE}"`,
      errCode: 1300002,
      errno: 1300002,
    });
    expect(thrownBy(() => files.accessSync(NONE))).toMatchObject({
      message: `accessSync:fail no such file or directory, access "${NONE}"`,
      errCode: 1300002,
      errno: 1300002,
    });
  });

  it.each<[string, (files: FileSystemManager) => unknown, string, number]>([
    [
      'a file that is not there',
      (fs) => fs.readFileSync(NONE),
      `readFileSync:fail no such file or directory, open "${NONE}"`,
      1300002,
    ],
    [
      'a folder as a file',
      (fs) => fs.readFileSync(`${USER}/folder`),
      `readFileSync:fail operation not permitted, open "${USER}/folder"`,
      1300001,
    ],
    [
      'a folder to be written',
      (fs) => fs.writeFileSync(`${USER}/folder`, 'x'),
      `writeFileSync:fail illegal operation on a directory, open "${USER}/folder"`,
      1301003,
    ],
    [
      'a file in no folder',
      (fs) => fs.writeFileSync(`${NONE}/a`, 'x'),
      `writeFileSync:fail no such file or directory, open "${NONE}/a"`,
      1300002,
    ],
    [
      'nothing to append to',
      (fs) => fs.appendFileSync(NONE, 'x'),
      `appendFileSync:fail no such file or directory, open "${NONE}"`,
      1300002,
    ],
    [
      'a folder that is there',
      (fs) => fs.mkdirSync(`${USER}/folder`),
      `mkdirSync:fail file already exists, mkdir "${USER}/folder"`,
      1301005,
    ],
    [
      'a folder that is not empty',
      (fs) => fs.rmdirSync(`${USER}/folder`),
      `rmdirSync:fail directory not empty, rmdir "${USER}/folder"`,
      1300066,
    ],
    [
      'a file as a folder',
      (fs) => fs.readdirSync(`${USER}/a.txt`),
      `readdirSync:fail not a directory, readdir "${USER}/a.txt"`,
      1300020,
    ],
    [
      'a file as a folder to be removed',
      (fs) => fs.rmdirSync(`${USER}/a.txt`, true),
      `rmdirSync:fail not a directory, rmdir "${USER}/a.txt"`,
      1300020,
    ],
    [
      'a folder to be unlinked',
      (fs) => fs.unlinkSync(`${USER}/folder`),
      `unlinkSync:fail operation not permitted, unlink "${USER}/folder"`,
      1300001,
    ],
    [
      'nothing to rename',
      (fs) => fs.renameSync(NONE, `${USER}/b`),
      `renameSync:fail no such file or directory, rename "${NONE}" -> "${USER}/b"`,
      1300002,
    ],
    [
      'nothing to save',
      (fs) => fs.saveFileSync('wxfile://tmp_none'),
      'saveFileSync:fail tempFilePath file not exist',
      1301112,
    ],
    [
      'a saved file that is no temporary one',
      (fs) => fs.saveFileSync(`${USER}/a.txt`),
      `saveFileSync:fail permission denied, saveFile "${USER}/a.txt"`,
      1301000,
    ],
    [
      'a position behind the end',
      (fs) => fs.readFileSync(`${USER}/a.txt`, 'utf8', 12),
      'readFileSync:fail value of position is out of range',
      1301009,
    ],
    [
      'a length behind the end',
      (fs) => fs.readFileSync(`${USER}/a.txt`, 'utf8', 6, 7),
      'readFileSync:fail value of length is out of range',
      1301006,
    ],
    [
      'no path',
      (fs) => fs.readFileSync(undefined as never),
      'readFileSync:fail parameter error: parameter.filePath should be String instead of Undefined;',
      1001,
    ],
    [
      'a typed array',
      (fs) => fs.writeFileSync(`${USER}/b`, new Uint8Array(1) as never),
      'writeFileSync:fail parameter error: parameter.data should be String or ArrayBuffer instead of Uint8Array;',
      1001,
    ],
    [
      'more than there is room for',
      (fs) => fs.writeFileSync(`${USER}/b`, 'x'.repeat(89)),
      'writeFileSync:fail the maximum size of the file storage limit is exceeded',
      1300202,
    ],
    [
      'more to append than there is room for',
      (fs) => fs.appendFileSync(`${USER}/a.txt`, 'x'.repeat(89)),
      'appendFileSync:fail the maximum size of the file storage limit is exceeded',
      1300202,
    ],
  ])('does not take %s, and changes nothing', (_what, operation, errMsg, errno) => {
    const before = everything();

    expect(thrownBy(() => operation(files))).toMatchObject({ message: errMsg, errMsg, errCode: errno, errno });
    expect(everything()).toEqual(before);
  });

  it('has room for as much as is allowed, whoever put it there', () => {
    files.writeFileSync(`${USER}/b`, 'x'.repeat(88));
    expect(() => files.appendFileSync(`${USER}/b`, 'x')).toThrow('storage limit');
    truncateSync(join(storageFolder, 'usr', 'b'), 0);
    files.appendFileSync(`${USER}/b`, 'x'.repeat(44));
    appendFileSync(join(storageFolder, 'store', 'c'), 'x'.repeat(44));
    expect(() => files.saveFileSync(temporary('x'))).toThrow('storage limit');
    expect(text('wxfile://tmp_photo.jpg')).toBe('x');
  });

  const everything = () =>
    readdirSync(storageFolder, { recursive: true, withFileTypes: true })
      .map((entry) => `${entry.parentPath}/${entry.name} ${entry.isFile() ? text(`${USER}/a.txt`) : ''}`)
      .sort();
});

/** What the one callback that is called is given. */
function told(
  call: (option: { success: (told: unknown) => void; fail: (told: unknown) => void }) => void,
): Promise<unknown> {
  return new Promise((resolve) => call({ success: resolve, fail: resolve }));
}
