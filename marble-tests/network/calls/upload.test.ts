import { map, merge, mergeMap, NEVER, tap } from 'rxjs';
import { createUpload, http$, NetworkError, requireOk, upload$, type UploadEvent } from '../../../src/index.js';
import { installGlobalWx, marbles, scriptedWx, timeline, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://up.example.com/photos';
const file = { url, filePath: 'wxfile://tmp_a.png', name: 'photo' };
const report = (percent: number): WireMark => ({
  progress: { progress: percent, totalBytesSent: percent * 2, totalBytesExpectedToSend: 200 },
});
const wire = { p: report(50), q: report(100), r: { data: '{"id":1}' }, n: { data: '{"why":1}', statusCode: 401 } };

describe('upload$', () => {
  it(
    'tells its progress and answers with the body decoded',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('---p--q-r', wire));
      const seen: UploadEvent<{ id: number }>[] = [];

      const result$ = createUpload(network)<{ id: number }>(file).pipe(tap((event) => seen.push(event)));
      expectObservable(result$.pipe(map(({ type }) => type[0]))).toBe('s--p--p-(r|)');
      flush();

      expect(wx.options[0]).toMatchObject({ ...file, timeout: 60_000 });
      expect(seen).toEqual([
        { type: 'sent', attempt: 1 },
        { type: 'progress', attempt: 1, percent: 50, bytes: 100, totalBytes: 200 },
        { type: 'progress', attempt: 1, percent: 100, bytes: 200, totalBytes: 200 },
        {
          type: 'response',
          attempt: 1,
          api: 'uploadFile',
          status: 200,
          ok: true,
          method: 'POST',
          url,
          headers: {},
          header: expect.any(Function),
          cookies: [],
          body: { id: 1 },
          timing: { durationMs: 8, profile: undefined },
          charset: 'utf-8',
          decodedBy: 'platform',
        },
      ]);
    }),
  );

  it(
    '[BG-2] is held in the background, and aborted when its consumer leaves',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, 'h----s', () => cold<WireMark>('---p--q-r', wire));
      const upload = timeline(cold('--x').pipe(mergeMap(() => createUpload(network)(file))));
      cold('---------x').subscribe(() => upload.unsubscribe());
      flush();

      expect(upload.seen).toEqual(['sent 1 @5', 'progress 1 50% @8']);
      expect(wx.log).toEqual(['sent @5', 'aborted @9']);
      expect(wx.listeners.size).toBe(0);
    }),
  );

  it(
    '[LIM-2] shares the queue of http$: at low priority it leaves the next place to what the user taps',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const {
        network,
        http$: call$,
        wx,
      } = scriptedApp(helpers, '', () => cold<WireMark>('-----r', wire), {
        concurrency: 2,
      });
      const uploadLater$ = createUpload(network);
      const uploads = ['a', 'b', 'c', 'd'].map((filePath) => uploadLater$({ ...file, filePath, priority: 'low' }));
      const tap$ = cold('--t').pipe(mergeMap(() => call$('https://api.example.com/tap')));

      merge(...uploads, tap$).subscribe();
      flush();

      const sent = wx.options.map((option) => (option as { filePath?: string }).filePath ?? 'tap');
      expect(sent).toEqual(['a', 'b', 'tap', 'c', 'd']);
      expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it(
    '[BG-1] is replayed only with an idempotency key; its progress begins anew and says so',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network, wx } = scriptedApp(helpers, '-h 6s s', () => cold<WireMark>('p 6999ms qr', wire));

      const keyed = timeline(createUpload(network)({ ...file, idempotencyKey: 'k' }));
      const bare = timeline(createUpload(network)(file));
      flush();

      expect(keyed.seen).toEqual([
        'sent 1 @0',
        'progress 1 50% @0',
        'sent 2 @6002',
        'progress 2 50% @6002',
        'progress 2 100% @13002',
        'response 2 200 @13003',
        '| @13003',
      ]);
      expect(bare.seen).toEqual(['sent 1 @0', 'progress 1 50% @0', '# interrupted BG-1 uploadFile @5001']);
      expect(wx.options.map(({ header }) => header)).toEqual([
        { 'Idempotency-Key': 'k' },
        undefined,
        { 'Idempotency-Key': 'k' },
      ]);
    }),
  );

  it(
    '[TIME-1] ends when it is silent for too long, and not before: progress is a sign of life',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { network } = scriptedApp(helpers, '', () => cold<WireMark>('---p--q-----r', wire));

      const upload = timeline(createUpload(network)({ ...file, idleMs: 4 }));
      flush();

      expect(upload.seen).toEqual([
        'sent 1 @0',
        'progress 1 50% @3',
        'progress 1 100% @6',
        '# timeout TIME-1 uploadFile @10',
      ]);
    }),
  );

  it('[TIME-2] takes networkTimeout.uploadFile; [DOM-1] is refused by the list of uploadFile', () => {
    marbles((helpers) => {
      const { network, wx } = scriptedApp(helpers, '', () => NEVER, {
        networkTimeout: { request: 1, uploadFile: 7_000 },
        domains: { request: ['https://elsewhere.example.com'], uploadFile: ['https://up.example.com'] },
      });

      createUpload(network)(file).subscribe().unsubscribe();
      const refused = timeline(createUpload(network)({ ...file, url: 'https://elsewhere.example.com' }));

      expect(wx.options[0]).toMatchObject({ timeout: 7_000 });
      expect(refused.seen).toEqual(['# domain-not-allowed DOM-1 uploadFile @0']);
    })();
  });

  it(
    '[CB-1] makes a status an error only where asked, with the answer on it; a broken answer is one always',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const errors: unknown[] = [];
      const run = (data: string, statusCode: number) => {
        const { network } = scriptedApp(helpers, '', () => cold<WireMark>('-r', { r: { data, statusCode } }));
        createUpload(network)(file)
          .pipe(requireOk())
          .subscribe({ error: (error: NetworkError) => errors.push([error.code, error.api, error.response?.body]) });
      };

      run('{"why":1}', 413);
      run('{"torn', 200);
      flush();

      expect(errors).toEqual([
        ['status', 'uploadFile', { why: 1 }],
        ['decode', 'uploadFile', '{"torn'],
      ]);
    }),
  );

  it('over the global wx shares the queue of the default network', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    const uploads = Array.from({ length: 10 }, () => upload$(file).subscribe());
    const call = http$('https://api.example.com/').subscribe();
    expect(wx.options).toHaveLength(10);

    for (const subscription of [...uploads, call]) subscription.unsubscribe();
    remove();
  });
});
