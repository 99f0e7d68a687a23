import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import type { DownloadFileOption, DownloadProgress } from '../../../src/simulator/apis/file-task-types.js';
import { failure } from '../../support/failure.js';
import { startRawServer, type RawServer } from '../../support/raw-server.js';
import { useHarness } from '../harness.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const INCOMPLETE = failure('downloadFile:fail -355:net::ERR_INCOMPLETE_CHUNKED_ENCODING', 600001);

describe('wx.downloadFile, on real sockets', () => {
  const picture = Buffer.alloc(300_000, 'picture');
  const harness = useHarness(({ url }) => {
    if (url === '/break') return { header: { 'Content-Length': '999' }, body: ['half', 'more'], breakOff: 'within' };
    if (url === '/moved') return { status: 302, header: { Location: 'https://other.example.com/picture' } };
    if (url === '/gzip') return { header: { 'Content-Encoding': 'gzip' }, body: gzipSync(picture) };
    return { header: { 'Content-Type': 'image/png', 'Content-Length': `${picture.length}` }, body: picture };
  });

  it.each([
    ['/picture', false, '.png'],
    ['/picture', true, '.png'],
    ['/moved', false, '.png'],
    ['/gzip', false, ''],
  ])('writes %s whole (HTTP/2: %s)', async (path, enableHttp2, extension) => {
    const { wx } = harness.phone();
    const progress: DownloadProgress[] = [];
    const told = await new Promise<{ readonly tempFilePath: string }>((success, fail) => {
      const task = wx.downloadFile({ url: `https://api.example.com${path}`, enableHttp2, success, fail });
      task.onProgressUpdate((one) => progress.push(one));
    });

    expect(told).toMatchObject({ statusCode: 200, errMsg: 'downloadFile:ok' });
    expect(told.tempFilePath).toMatch(new RegExp(`^wxfile://tmp_[0-9a-f]{40}${extension}$`));
    const written = wx.getFileSystemManager().readFileSync(told.tempFilePath) as ArrayBuffer;
    expect(Buffer.from(written).equals(picture)).toBe(true);
    expect(progress.at(-1)?.totalBytesWritten).toBe(picture.length);
    if (extension !== '') expect(progress.at(-1)?.progress).toBe(100);
  });

  it('leaves nothing of an answer that breaks off', async () => {
    const { wx } = harness.phone();
    const files = wx.getFileSystemManager();
    files.writeFileSync('wxfile://usr/picture', 'old');
    const told = await new Promise((complete) => {
      wx.downloadFile({ url: 'https://api.example.com/break', filePath: 'wxfile://usr/picture', complete });
    });

    expect(told).toEqual(INCOMPLETE);
    expect(files.readdirSync('wxfile://usr')).toEqual(['picture']);
    expect(files.readFileSync('wxfile://usr/picture', 'utf8')).toBe('old');
  });
});

describe('wx.downloadFile, from servers that lie', () => {
  let server: RawServer;
  let phone: Simulator;
  let storageFolder = '';
  beforeAll(async () => {
    server = await startRawServer({
      'length-too-long': [`${OK}Content-Length: 10\r\n\r\n01234`],
      'length-too-short': [`${OK}Content-Length: 5\r\nConnection: close\r\n\r\n0123456789`],
      'length-no-number': [`${OK}Content-Length: many\r\n\r\n01234`],
      'length-twice': [`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\n01234`],
      'length-endless': [`${OK}Content-Length: 999999999999\r\n\r\n01234`],
      'chunk-broken': [`${OK}Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\nzz\r\n`],
      charset: [
        `${OK}Content-Type: text/plain; charset=klingon\r\nContent-Length: 4\r\n\r\n`,
        Buffer.from('c4e3bac3', 'hex'),
      ],
    });
    storageFolder = mkdtempSync(join(tmpdir(), 'download-lies-test-'));
    phone = createSimulator({ urlCheck: false, lookup: server.lookup, storageFolder });
  });
  afterAll(async () => {
    await phone.close();
    await server.stop();
    rmSync(storageFolder, { recursive: true });
  });

  const download = (name: string, option: Partial<DownloadFileOption> = {}): Promise<Record<string, unknown>> =>
    new Promise((resolve) => {
      const end = (told: object) => resolve(told as Record<string, unknown>);
      phone.wx.downloadFile({
        url: `http://api.example.com/${name}`,
        filePath: 'wxfile://usr/file',
        timeout: 300,
        ...option,
        success: end,
        fail: end,
      });
    });
  const filesNow = () =>
    readdirSync(storageFolder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );

  it.each([
    ['length-too-long', failure('downloadFile:fail timeout', 5)],
    ['length-no-number', expect.objectContaining({ errno: 600001 })],
    ['length-twice', expect.objectContaining({ errno: 600001 })],
    ['length-endless', failure('downloadFile:fail exceed max file size', 603301)],
    ['chunk-broken', INCOMPLETE],
  ])('fails on %s, and leaves nothing of it', async (name, expected) => {
    expect(await download(name)).toEqual(expected);
    expect(filesNow()).toEqual([]);
  });

  it('takes as much as was announced, and no more', async () => {
    const { tempFilePath } = await download('length-too-short', { filePath: undefined });

    expect(phone.wx.getFileSystemManager().readFileSync(String(tempFilePath), 'utf8')).toBe('01234');
  });

  it('[ENC-1] writes a charset that nobody knows as it is', async () => {
    const { tempFilePath } = await download('charset', { filePath: undefined });

    expect(phone.wx.getFileSystemManager().readFileSync(String(tempFilePath), 'hex')).toBe('c4e3bac3');
  });
});
