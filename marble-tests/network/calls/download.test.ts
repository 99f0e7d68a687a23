import { map, NEVER, tap } from 'rxjs';
import { createDownload, download$, requireOk, type DownloadEvent } from '../../../src/index.js';
import { installGlobalWx, marbles, scriptedWx, timeline, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://dl.example.com/report.pdf';
const tempFilePath = 'wxfile://tmp_report.pdf';
const report = (percent: number): WireMark => ({
  progress: { progress: percent, totalBytesWritten: percent * 2, totalBytesExpectedToWrite: 200 },
});
const wire = { p: report(50), q: report(100), r: { data: undefined, tempFilePath } };

describe('download$', () => {
  it(
    'tells its progress and where the file is',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('---p--q-r', wire));
      const seen: DownloadEvent[] = [];

      const result$ = createDownload(network)(url).pipe(tap((event) => seen.push(event)));
      expectObservable(result$.pipe(map(({ type }) => type[0]))).toBe('s--p--p-(r|)');
      flush();

      expect(wx.options[0]).toMatchObject({ url, timeout: 60_000 });
      expect(seen.slice(0, 2)).toEqual([
        { type: 'sent', attempt: 1 },
        { type: 'progress', attempt: 1, percent: 50, bytes: 100, totalBytes: 200 },
      ]);
      expect(seen.at(-1)).toEqual({
        type: 'response',
        attempt: 1,
        api: 'downloadFile',
        status: 200,
        ok: true,
        method: 'GET',
        url,
        headers: {},
        header: expect.any(Function),
        cookies: [],
        body: undefined,
        filePath: tempFilePath,
        timing: { durationMs: 8, profile: undefined },
        charset: undefined,
        decodedBy: undefined,
      });
    }),
  );

  it(
    '[BG-1] is replayed after an interruption, from the start, and says so',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, '-h 6s s', () => cold<WireMark>('p 6999ms qr', wire));

      const download = timeline(createDownload(network)({ url, filePath: 'wxfile://usr/report.pdf' }));
      flush();

      expect(download.seen).toEqual([
        'sent 1 @0',
        'progress 1 50% @0',
        'sent 2 @6002',
        'progress 2 50% @6002',
        'progress 2 100% @13002',
        'response 2 200 @13003',
        '| @13003',
      ]);
      expect(wx.log).toEqual(['sent @0', 'aborted @5001', 'sent @6002']);
      expect(wx.options[1]).toMatchObject({ filePath: 'wxfile://usr/report.pdf' });
    }),
  );

  it('[TIME-2] takes networkTimeout.downloadFile; [DOM-1] is refused by the list of downloadFile', () => {
    marbles((helpers) => {
      const { network, wx } = scriptedApp(helpers, '', () => NEVER, {
        networkTimeout: { request: 1, downloadFile: 7_000 },
        domains: { request: ['https://elsewhere.example.com'], downloadFile: ['https://dl.example.com'] },
      });

      createDownload(network)(url).subscribe().unsubscribe();
      const refused = timeline(createDownload(network)('https://elsewhere.example.com/a'));

      expect(wx.options[0]).toMatchObject({ timeout: 7_000 });
      expect(refused.seen).toEqual(['# domain-not-allowed DOM-1 downloadFile @0']);
    })();
  });

  it(
    '[CB-1] makes a status an error where asked: the file is an error page',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network } = scriptedApp(helpers, '', () =>
        cold<WireMark>('-r', { r: { statusCode: 404, filePath: 'wxfile://usr/a' } }),
      );

      const required = timeline(createDownload(network)(url).pipe(requireOk()));
      const bare = timeline(createDownload(network)(url));
      flush();

      expect(required.seen).toEqual(['sent 1 @0', 'progress 1 100% @1', '# status CB-1 downloadFile @1']);
      expect(bare.seen).toEqual(['sent 1 @0', 'progress 1 100% @1', 'response 1 404 @1', '| @1']);
    }),
  );

  it('runs over the global wx', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    download$(url).subscribe().unsubscribe();
    expect(wx.log.map((entry) => entry.split(' ')[0])).toEqual(['sent', 'aborted']);
    remove();
  });
});
