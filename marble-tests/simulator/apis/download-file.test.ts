import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import type { ScriptedAnswer } from '../../../src/simulator/wires/script.js';
import { wireChunk, WireFailure, wireHeaders } from '../../../src/simulator/wires/wire.js';
import { NOTE, useFilePhones } from '../file-phone.js';
import { API, at, createLog } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.downloadFile, in virtual time', () => {
  const filePhone = useFilePhones();
  const URL = `${API}/file`;
  let storageFolder = '';
  beforeEach(() => {
    storageFolder = mkdtempSync(join(tmpdir(), 'download-file-test-'));
  });
  afterEach(() => rmSync(storageFolder, { recursive: true }));

  const phone = (answer: ScriptedAnswer, options: SimulatorOptions = {}) =>
    filePhone({ '/file': answer }, { storageFolder, ...options });
  const text = ({ wx }: Simulator, path: string) => wx.getFileSystemManager().readFileSync(path, 'utf8') as string;
  /** What is in the folder, half-written files included. */
  const filesNow = () =>
    readdirSync(storageFolder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [entry.name] : [],
    );

  it(
    'tells headers, progress, then where the file is',
    marbles(({ cold, flush }) => {
      const h = wireHeaders(200, [
        ['Content-Type', 'image/png'],
        ['Content-Length', '10'],
      ]);
      const simulator = phone(cold('-h-a--(b|)', { h, a: wireChunk('012'), b: wireChunk('3456789') }));
      const { lines, note } = createLog();
      const task = simulator.wx.downloadFile({
        url: URL,
        success: (told) =>
          note(
            `${told.errMsg} ${told.statusCode} ${text(simulator, told.tempFilePath)} ${'filePath' in told} ${/\.png$/.test(told.tempFilePath)}`,
          ),
      });
      task.onProgressUpdate((told) => note(Object.values(told).join()));
      task.onHeadersReceived(({ header }) => note(header['Content-Type'] ?? ''));
      flush();

      expect(lines).toEqual(['1 image/png', '3 30,3,10', '6 100,10,10', '6 downloadFile:ok 200 0123456789 false true']);
    }),
  );

  it(
    'puts the file where the app says, over what was there, when it is whole and not before',
    marbles(({ cold, flush }) => {
      const simulator = phone(cold('-h-a--(b|)', { h: wireHeaders(200), a: wireChunk('new '), b: wireChunk('text') }));
      const { lines, note } = createLog();
      simulator.wx.downloadFile({
        url: URL,
        filePath: NOTE,
        success: (told) => note(`${told.filePath} ${'tempFilePath' in told} ${text(simulator, NOTE)}`),
      });
      at(5, () => note(text(simulator, NOTE)));
      flush();

      expect(lines).toEqual(['5 hello', `6 ${NOTE} false new text`]);
    }),
  );

  it(
    '[ENC-1] [ENC-2] writes the body as it comes: marks and charsets are left alone',
    marbles(({ flush }) => {
      const body = Buffer.from('efbbbfefbbbfc4e3bac3', 'hex');
      const simulator = phone(
        { header: { 'Content-Type': 'text/plain; charset=klingon' }, body },
        { charsetTrial: 'fail' },
      );
      const written: unknown[] = [];
      simulator.wx.downloadFile({
        url: URL,
        success: ({ tempFilePath }) =>
          written.push(simulator.wx.getFileSystemManager().readFileSync(tempFilePath, 'hex')),
      });
      flush();

      expect(written).toEqual([body.toString('hex')]);
    }),
  );

  it.each<[string, string, SimulatorOptions, string]>([
    ['that closes in the middle', '-h-a-#', {}, '5 downloadFile:fail -355:net::ERR_INCOMPLETE_CHUNKED_ENCODING 600001'],
    ['that is too slow', '-h-a---', { networkTimeout: { downloadFile: 6 } }, '6 downloadFile:fail timeout 5'],
    [
      'that sends more than is allowed',
      '-h-a-b|',
      { maxDownloadBytes: 9 },
      '5 downloadFile:fail exceed max file size 603301',
    ],
    [
      'that announces more than is allowed',
      '-l-a-b|',
      { maxDownloadBytes: 9 },
      '3 downloadFile:fail exceed max file size 603301',
    ],
    ['that sends nothing at all', '--|', {}, '2 downloadFile:fail -324:net::ERR_EMPTY_RESPONSE 600001'],
  ])('leaves no file of a server %s, and what was there as it was', (_what, lane, options, expected) => {
    marbles(({ cold, flush }) => {
      const answer = cold(
        lane,
        {
          h: wireHeaders(200),
          l: wireHeaders(200, [['Content-Length', '10']]),
          a: wireChunk('01234'),
          b: wireChunk('56789'),
        },
        new WireFailure('incomplete'),
      );
      const simulator = phone(answer, options);
      const { lines, note } = createLog();
      for (const filePath of [undefined, NOTE])
        simulator.wx.downloadFile({ url: URL, filePath, fail: ({ errMsg, errno }) => note(`${errMsg} ${errno}`) });
      flush();

      expect(lines).toEqual([expected, expected]);
      expect(filesNow()).toEqual(['note.txt']);
      expect(text(simulator, NOTE)).toBe('hello');
    })();
  });

  it(
    'leaves no file of an abort, of a cut, and of close()',
    marbles(({ cold, flush }) => {
      const simulator = phone(cold('-h-a--', { h: wireHeaders(200), a: wireChunk('half') }));
      const { lines, note } = createLog();
      const call = () =>
        simulator.wx.downloadFile({
          url: URL,
          filePath: 'wxfile://usr/half.txt',
          complete: ({ errMsg }) => note(errMsg),
        });
      const task = call();
      at(4, () => note(`${filesNow().length}`));
      at(5, task.abort);
      at(6, () => note(`${filesNow().length}`));
      at(10, call);
      at(20, simulator.enterBackground);
      at(6_000, () => note(`${filesNow().length}`));
      at(6_000, simulator.enterForeground);
      at(6_001, call);
      at(6_010, () => void simulator.close());
      at(6_011, () => note(`${filesNow().length}`));
      flush();

      expect(lines).toEqual([
        '4 2',
        '5 downloadFile:fail abort',
        '6 1',
        '5020 downloadFile:fail interrupted',
        '6000 1',
        '6010 downloadFile:fail abort',
        '6011 1',
      ]);
    }),
  );

  it.each([
    ['outside', 'wxfile://usr/../a.txt', 'permission denied can not open file filepath 603303'],
    ['on the desk', '/tmp/a.txt', 'permission denied can not open file filepath 603303'],
    ['among the temporary files', 'wxfile://tmp_a.txt', 'permission denied can not open file filepath 603303'],
    ['in a folder that is not there', 'wxfile://usr/none/a.txt', 'getParentFile failed 603300'],
    ['in a file', `${NOTE}/a.txt`, `not a directory, open "${NOTE}/a.txt" 1300020`],
    [
      'in place of a folder',
      'wxfile://usr/folder',
      'illegal operation on a directory, open "wxfile://usr/folder" 1301003',
    ],
    [
      'under a name too long',
      `wxfile://usr/${'a'.repeat(300)}`,
      `File name too long, open "wxfile://usr/${'a'.repeat(300)}" 1300036`,
    ],
  ])('fails on a place %s, and sends nothing', (_where, filePath, expected) => {
    marbles(({ flush }) => {
      const sent: unknown[] = [];
      const { wx } = phone(() => (sent.push('sent'), {}));
      wx.getFileSystemManager().mkdirSync('wxfile://usr/folder');
      const { lines, note } = createLog();
      wx.downloadFile({ url: URL, filePath, fail: ({ errMsg, errno }) => note(`${errMsg} ${errno}`) });
      flush();

      expect(lines).toEqual([`0 downloadFile:fail ${expected}`]);
      expect(sent).toEqual([]);
      expect(filesNow()).toEqual(['note.txt']);
    })();
  });

  it(
    'fails when the disk is full, counting what it would replace',
    marbles(({ flush }) => {
      const simulator = phone({ body: '0123456789' }, { maxStorageBytes: 12 });
      const { lines, note } = createLog();
      for (const filePath of ['wxfile://usr/new.txt', NOTE])
        simulator.wx.downloadFile({
          url: URL,
          filePath,
          success: () => note(filePath),
          fail: ({ errMsg, errno }) => note(`${errMsg} ${errno}`),
        });
      flush();

      expect(lines).toEqual([
        '0 downloadFile:fail the maximum size of the file storage limit is exceeded 1300202',
        `0 ${NOTE}`,
      ]);
      expect(filesNow()).toEqual(['note.txt']);
    }),
  );

  it.each([
    ['success', 'downloadFile:ok'],
    ['fail', 'downloadFile:fail file data is empty'],
  ] as const)("[CB-1] takes an answer without a body with emptyDownload: '%s'", (emptyDownload, expected) => {
    marbles(({ flush }) => {
      const { wx } = phone({ statusCode: 204 }, { emptyDownload });
      const { lines, note } = createLog();
      wx.downloadFile({ url: URL, complete: ({ errMsg }) => note(errMsg) });
      flush();

      expect(lines).toEqual([`0 ${expected}`]);
    })();
  });

  it(
    'writes and reads http:// paths in the developer tools, and those alone',
    marbles(({ flush }) => {
      const { wx } = filePhone({ '/file': { body: 'text' } }, { storageFolder, dialect: 'devtools' });
      const { lines, note } = createLog();
      wx.downloadFile({
        url: URL,
        success: ({ tempFilePath }) =>
          note(
            `${tempFilePath.replace(/\w{40}/, '…')} ${wx.getFileSystemManager().readFileSync(tempFilePath, 'utf8') as string}`,
          ),
      });
      flush();

      expect(wx.env).toEqual({ USER_DATA_PATH: 'http://usr' });
      expect(lines).toEqual(['0 http://tmp/… text']);
    }),
  );
});
