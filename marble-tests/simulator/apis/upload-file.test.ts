import { of } from 'rxjs';
import type { UploadFileOption } from '../../../src/simulator/apis/file-task-types.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { wireChunk, WireFailure, wireHeaders, wireSent, type WireRequest } from '../../../src/simulator/wires/wire.js';
import { NOTE, useFilePhones } from '../file-phone.js';
import { API, at, createLog } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

describe('wx.uploadFile, in virtual time', () => {
  const phone = useFilePhones();
  const URL = `${API}/photos`;

  it(
    'tells progress, headers, then the end',
    marbles(({ cold, flush }) => {
      let sentBytes = 0;
      const hop$ = ({ body }: WireRequest) => {
        sentBytes = body?.byteLength ?? 0;
        const events = { a: wireSent(100), b: wireSent(sentBytes), h: wireHeaders(201), c: wireChunk('{"id":1}') };
        return cold('-a-b-h-(c|)', events);
      };
      const { lines, note } = createLog();
      const { wx } = phone({ '/photos': hop$ });
      const task = wx.uploadFile({
        url: URL,
        filePath: NOTE,
        name: 'note',
        success: ({ data, statusCode, errMsg }) => note(`${errMsg} ${statusCode} ${typeof data} ${data}`),
      });
      task.onProgressUpdate((told) => note(Object.values(told).join()));
      task.onHeadersReceived((told) => note(JSON.stringify(told)));
      flush();

      expect(lines).toEqual([
        `1 ${Math.floor(10_000 / sentBytes)},100,${sentBytes}`,
        `3 100,${sentBytes},${sentBytes}`,
        // No status, as typed officially.
        '5 {"header":{}}',
        '7 uploadFile:ok 201 string {"id":1}',
      ]);
    }),
  );

  it(
    'sends a form by POST: the fields in their order, then the file',
    marbles(({ flush }) => {
      const sent: WireRequest[] = [];
      const { wx } = phone({ '/photos': (request) => (sent.push(request), {}) });
      const formData: Record<string, unknown> = { 'a"\r\nb': 'ü', number: 7, yes: true, list: [1] };
      const option = { url: URL, filePath: NOTE, name: 'no"te', formData, header: { 'Content-Type': 'text/plain' } };
      wx.uploadFile(option);
      // The app may use the object for its next call.
      formData['number'] = 8;
      option.name = 'other';
      flush();

      const [{ method, header, body } = {} as WireRequest] = sent;
      const [type, boundary] = (header['content-type'] ?? '').split('; boundary=');
      expect([method, type]).toEqual(['POST', 'multipart/form-data']);
      expect(Buffer.from(body ?? []).toString()).toBe(
        [
          `--${boundary}\r\nContent-Disposition: form-data; name="a%22%0D%0Ab"\r\n\r\nü\r\n`,
          `--${boundary}\r\nContent-Disposition: form-data; name="number"\r\n\r\n7\r\n`,
          `--${boundary}\r\nContent-Disposition: form-data; name="yes"\r\n\r\n[object Boolean]\r\n`,
          `--${boundary}\r\nContent-Disposition: form-data; name="list"\r\n\r\n[object Array]\r\n`,
          `--${boundary}\r\nContent-Disposition: form-data; name="no%22te"; filename="note.txt"\r\n`,
          `Content-Type: text/plain\r\n\r\nhello\r\n--${boundary}--\r\n`,
        ].join(''),
      );
    }),
  );

  it.each<[string, Partial<UploadFileOption> | { formData: string }, string]>([
    ['no file', { filePath: 'wxfile://usr/none.txt' }, "file doesn't exist undefined"],
    ['no folder', { filePath: 'wxfile://usr/none/a.txt' }, "file doesn't exist undefined"],
    ['a file as a folder', { filePath: `${NOTE}/a.txt` }, "file doesn't exist undefined"],
    ['a folder', { filePath: 'wxfile://usr' }, 'operation not permitted, open "wxfile://usr" 1300001'],
    ['the way out', { filePath: 'wxfile://usr/../a' }, 'permission denied, open "wxfile://usr/../a" 1301000'],
    ['a file of the desk', { filePath: '/etc/passwd' }, 'permission denied, open "/etc/passwd" 1301000'],
    [
      'no name',
      { name: undefined as never },
      'parameter error: parameter.name should be String instead of Undefined; undefined',
    ],
    [
      'a form that is text',
      { formData: 'a=1' },
      'parameter error: parameter.formData should be Object instead of String; undefined',
    ],
  ])('fails on %s, and sends nothing', (_what, option, expected) => {
    marbles(({ flush }) => {
      const sent: unknown[] = [];
      const { wx } = phone({ '/photos': () => (sent.push('sent'), {}) });
      const { lines, note } = createLog();
      const fail = ({ errMsg, errno }: { readonly errMsg: string; readonly errno?: number }) =>
        note(`${errMsg} ${errno}`);
      wx.uploadFile({ url: URL, filePath: NOTE, name: 'note', ...option, fail } as UploadFileOption);
      flush();

      expect(lines).toEqual([`0 uploadFile:fail ${expected}`]);
      expect(sent).toEqual([]);
    })();
  });

  it(
    'reads the file when the call has its place: by then it may be gone',
    marbles(({ flush }) => {
      const { wx } = phone({ '/photos': { afterMs: 10 } });
      const { lines, note } = createLog();
      for (let id = 1; id <= 11; id++)
        wx.uploadFile({ url: URL, filePath: NOTE, name: 'note', complete: ({ errMsg }) => note(errMsg) });
      at(5, () => wx.getFileSystemManager().unlinkSync(NOTE));
      flush();

      expect(lines.at(-1)).toBe("10 uploadFile:fail file doesn't exist");
      expect(lines.filter((line) => line === '10 uploadFile:ok')).toHaveLength(10);
    }),
  );

  it(
    'fails when the wire does, in the middle of the answer too',
    marbles(({ cold, flush }) => {
      const hop = cold(
        '-a-h-c-#',
        { a: wireSent(10), h: wireHeaders(200), c: wireChunk('{"i') },
        new WireFailure('incomplete'),
      );
      const { lines, note } = createLog();
      phone({ '/photos': hop }).wx.uploadFile({
        url: URL,
        filePath: NOTE,
        name: 'note',
        complete: ({ errMsg }) => note(errMsg),
      });
      flush();

      expect(lines).toEqual(['7 uploadFile:fail upload fail:-355:net::ERR_INCOMPLETE_CHUNKED_ENCODING']);
    }),
  );

  const GBK = Buffer.from('c4e3bac3', 'hex');
  it.each<[string, SimulatorOptions, string, Buffer, string]>([
    ['ENC-2', {}, 'application/json', Buffer.from('\ufeff\ufeff{}'), 'uploadFile:ok "\ufeff{}"'],
    ['ENC-1', { charsetTrial: 'convert' }, 'text/plain; charset=gbk', GBK, 'uploadFile:ok "你好"'],
    [
      'ENC-1',
      { charsetTrial: 'garble' },
      'text/plain; charset=klingon',
      GBK,
      `uploadFile:ok "${GBK.toString('utf8')}"`,
    ],
    [
      'ENC-1',
      { charsetTrial: 'fail' },
      'text/plain; charset=klingon',
      GBK,
      'uploadFile:fail response data convert to UTF8 fail 602302',
    ],
    ['ENC-1', { charsetTrial: 'silent' }, 'text/plain; charset=gbk', GBK, 'silence'],
  ])('[%s] takes the answer as text, %j, %s', (_rule, options, type, body, expected) => {
    marbles(({ flush }) => {
      const { wx, events$ } = phone({ '/photos': { header: { 'Content-Type': type }, body } }, options);
      const told: string[] = [];
      events$.subscribe((event) => event.type === 'settled' && event.outcome === 'silence' && told.push('silence'));
      wx.uploadFile({
        url: URL,
        filePath: NOTE,
        name: 'note',
        success: ({ data, errMsg }) => told.push(`${errMsg} ${JSON.stringify(data)}`),
        fail: ({ errMsg, errno }) => told.push(`${errMsg} ${errno}`),
      });
      flush();

      expect(told).toEqual([expected]);
    })();
  });

  it(
    'fails with 602300 on an answer beyond maxBodyBytes',
    marbles(({ flush }) => {
      const { wx } = phone({ '/photos': of(wireHeaders(200), wireChunk('1234'), wireChunk('5')) }, { maxBodyBytes: 4 });
      const { lines, note } = createLog();
      wx.uploadFile({
        url: URL,
        filePath: NOTE,
        name: 'note',
        fail: ({ errMsg, errno }) => note(`${errMsg} ${errno}`),
      });
      flush();

      expect(lines).toEqual(['0 uploadFile:fail native buffer exceed size limit 602300']);
    }),
  );
});
