import { NEVER, take } from 'rxjs';
import { NetworkError, uploadFile$, type UploadFileEvent } from '../../src/index.js';
import { marbles, scriptedWx, type WireMark } from '../../src/testing/index.js';

const url = 'https://up.example.com/photos?token=secret';
const file = { url, filePath: 'wxfile://tmp_a.png', name: 'photo' };
const report = (percent: number): WireMark => ({
  progress: { progress: percent, totalBytesSent: percent * 2, totalBytesExpectedToSend: 200 },
});
const progress = (percent: number): UploadFileEvent => ({
  type: 'progress',
  percent,
  bytes: percent * 2,
  totalBytes: 200,
});
const response = (durationMs: number): UploadFileEvent => ({
  type: 'response',
  method: 'POST',
  url,
  durationMs,
  data: '{}',
  statusCode: 200,
  header: {},
  cookies: undefined,
  errMsg: 'uploadFile:ok',
});
const sent: UploadFileEvent = { type: 'sent' };
const events = { s: sent, p: progress(50), q: progress(100), r: response(11) };
const wire = { p: report(50), q: report(100), r: { data: '{}' } };

describe('uploadFile$', () => {
  it(
    'tells its progress and answers once, or aborts the task when its consumer leaves',
    marbles(({ cold, expectObservable, flush }) => {
      const answered = scriptedWx(() => cold<WireMark>('---p----q--r', wire));
      const left = scriptedWx(() => cold<WireMark>('    ---p-----', wire));
      const leaves = '                                   ^-----!';

      expectObservable(uploadFile$(file, { wx: answered })).toBe('s--p----q--(r|)', events);
      expectObservable(uploadFile$(file, { wx: left }), leaves).toBe('s--p--', events);
      flush();

      expect(answered.log).toEqual(['sent @0']);
      expect(left.log).toEqual(['sent @0', 'aborted @6']);
      expect(answered.listeners.size + left.listeners.size).toBe(0);
    }),
  );

  it(
    'does nothing before it is subscribed, and everything anew each time, progress too',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = scriptedWx(() => cold<WireMark>('-p-q-------r', wire));
      const result$ = uploadFile$(file, { wx });
      expect(wx.log).toEqual([]);

      expectObservable(result$).toBe('sp-q-------(r|)', events);
      expectObservable(result$, '--^').toBe('--sp-q-------(r|)', events);
      flush();

      expect(wx.log).toEqual(['sent @0', 'sent @2']);
    }),
  );

  it(
    'adds the 100 % that the phone leaves out, and drops what goes back or comes twice',
    marbles(({ cold, expectObservable }) => {
      const silent = scriptedWx(() => cold<WireMark>('  -r', wire));
      const restless = scriptedWx(() => cold<WireMark>('-p-p-b-q-q-r', { ...wire, b: report(10) }));

      expectObservable(uploadFile$(file, { wx: silent })).toBe('s(er|)', {
        ...events,
        e: { type: 'progress', percent: 100, bytes: 0, totalBytes: undefined },
        r: response(1),
      });
      expectObservable(uploadFile$(file, { wx: restless })).toBe('sp-----q---(r|)', events);
    }),
  );

  it(
    'fails without ever coming to 100 %, as a NetworkError without the query',
    marbles(({ cold, expectObservable }) => {
      const failure = { errMsg: 'uploadFile:fail upload fail:-7:net::ERR_TIMED_OUT', errno: 600001 };
      const wx = scriptedWx(() => cold<WireMark>('-p-#', wire, failure));

      expectObservable(uploadFile$(file, { wx })).toBe(
        'sp-#',
        events,
        new NetworkError(`${failure.errMsg}; try again, if that is safe, or give it more time`, {
          code: 'timeout',
          api: 'uploadFile',
          method: 'POST',
          url: 'https://up.example.com/photos',
          rule: 'TIME-1',
          phase: 'attempt',
          errno: 600001,
          errMsg: failure.errMsg,
          cause: failure,
        }),
      );
    }),
  );

  it(
    'puts the header that came apart on the answer, and emits it when asked',
    marbles(({ cold, expectObservable }) => {
      const headers = { header: { 'Content-Type': 'text/plain' }, cookies: ['a=1'] };
      const wx = scriptedWx(() =>
        cold<WireMark>('-h-qr', { ...wire, h: { headers }, r: { data: '{}', header: undefined } }),
      );
      const r = { ...response(4), ...headers };

      expectObservable(uploadFile$(file, { wx })).toBe('s--q(r|)', { ...events, r });
      expectObservable(uploadFile$({ ...file, headersEvent: true }, { wx })).toBe('sh-q(r|)', {
        ...events,
        h: { type: 'headers', ...headers },
        r,
      });
    }),
  );

  it('aborts once, in the same turn, when the consumer has had enough of the first event', () => {
    const wx = scriptedWx(() => NEVER);

    uploadFile$(file, { wx }).pipe(take(1)).subscribe();

    expect(wx.log.map((entry) => entry.split(' ')[0])).toEqual(['sent', 'aborted']);
  });

  it('hands its options to the platform under the platform’s names, and no others', () => {
    const wx = scriptedWx(() => NEVER);
    const given = { ...file, header: { a: '1' }, formData: { b: 2 }, timeoutMs: 3, platform: { enableHttp2: true } };

    uploadFile$(file, { wx }).subscribe();
    uploadFile$(given, { wx }).subscribe();

    const callbacks = { success: expect.any(Function), fail: expect.any(Function) };
    expect(wx.options).toEqual([
      { ...file, ...callbacks },
      { ...file, header: { a: '1' }, formData: { b: 2 }, timeout: 3, enableHttp2: true, ...callbacks },
    ]);
  });

  it('says what to do where there is no wx', () => {
    const errors: unknown[] = [];

    uploadFile$(file).subscribe({ error: (error) => errors.push(error) });

    expect(errors).toEqual([
      new NetworkError('there is no global wx here. Outside a mini program pass one: { wx: createSimulator(…).wx }', {
        code: 'invalid-argument',
        api: 'uploadFile',
        method: 'POST',
        url: file.url,
        phase: 'check',
      }),
    ]);
  });
});
