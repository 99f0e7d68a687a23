import { NEVER } from 'rxjs';
import { downloadFile$, NetworkError, type DownloadFileEvent } from '../../src/index.js';
import { marbles, scriptedWx, type WireMark } from '../../src/testing/index.js';

const url = 'https://dl.example.com/report.pdf?token=secret';
const tempFilePath = 'wxfile://tmp_report.pdf';
const report = (percent: number): WireMark => ({
  progress: { progress: percent, totalBytesWritten: percent * 2, totalBytesExpectedToWrite: 200 },
});
const progress = (percent: number): DownloadFileEvent => ({
  type: 'progress',
  percent,
  bytes: percent * 2,
  totalBytes: 200,
});
const events: Record<string, DownloadFileEvent> = {
  s: { type: 'sent' },
  p: progress(50),
  q: progress(100),
  r: {
    type: 'response',
    method: 'GET',
    url,
    durationMs: 11,
    data: '',
    tempFilePath,
    statusCode: 200,
    header: {},
    cookies: undefined,
    errMsg: 'downloadFile:ok',
  } as DownloadFileEvent,
};
const wire = { p: report(50), q: report(100), r: { tempFilePath } };

describe('downloadFile$', () => {
  it(
    'tells its progress and where the file is, or aborts the task when its consumer leaves',
    marbles(({ cold, expectObservable, flush }) => {
      const answered = scriptedWx(() => cold<WireMark>('---p----q--r', wire));
      const left = scriptedWx(() => cold<WireMark>('    ---p-----', wire));
      const leaves = '                                   ^-----!';

      expectObservable(downloadFile$({ url }, { wx: answered })).toBe('s--p----q--(r|)', events);
      expectObservable(downloadFile$({ url }, { wx: left }), leaves).toBe('s--p--', events);
      flush();

      expect(answered.log).toEqual(['sent @0']);
      expect(left.log).toEqual(['sent @0', 'aborted @6']);
      expect(answered.listeners.size + left.listeners.size).toBe(0);
    }),
  );

  it(
    'stands below 100 % until the end where the server gives no length',
    marbles(({ cold, expectObservable }) => {
      const unknown = (bytes: number): WireMark => ({
        progress: { progress: NaN, totalBytesWritten: bytes, totalBytesExpectedToWrite: 0 },
      });
      const wx = scriptedWx(() => cold<WireMark>('-a-b-------r', { ...wire, a: unknown(10), b: unknown(20) }));
      const step = (percent: number, bytes: number): DownloadFileEvent => ({
        type: 'progress',
        percent,
        bytes,
        totalBytes: undefined,
      });

      expectObservable(downloadFile$({ url }, { wx })).toBe('sa-b-------(er|)', {
        ...events,
        a: step(0, 10),
        b: step(0, 20),
        e: step(100, 20),
      });
    }),
  );

  it(
    'names the limits where the platform says too large',
    marbles(({ cold, expectObservable }) => {
      const failure = { errMsg: 'downloadFile:fail exceed max file size', errno: 603301 };
      const wx = scriptedWx(() => cold<WireMark>('-#', undefined, failure));

      expectObservable(downloadFile$({ url }, { wx })).toBe(
        's#',
        events,
        new NetworkError(
          'downloadFile:fail exceed max file size; transfer less at a time; the platform takes files of up to 200 MB, and as much for all that an app keeps',
          {
            code: 'too-large',
            api: 'downloadFile',
            method: 'GET',
            url: 'https://dl.example.com/report.pdf',
            phase: 'attempt',
            errno: 603301,
            errMsg: failure.errMsg,
            cause: failure,
          },
        ),
      );
    }),
  );

  it('hands its options to the platform under the platform’s names, and no others', () => {
    const wx = scriptedWx(() => NEVER);
    const given = { url, header: { a: '1' }, filePath: 'wxfile://usr/a', timeoutMs: 3, platform: { enableQuic: true } };

    downloadFile$({ url }, { wx }).subscribe();
    downloadFile$(given, { wx }).subscribe();

    const callbacks = { success: expect.any(Function), fail: expect.any(Function) };
    expect(wx.options).toEqual([
      { url, ...callbacks },
      { url, header: { a: '1' }, filePath: 'wxfile://usr/a', timeout: 3, enableQuic: true, ...callbacks },
    ]);
  });
});
