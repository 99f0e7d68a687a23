import { map, merge, mergeMap, NEVER, of, tap } from 'rxjs';
import {
  createUpload,
  http$,
  NetworkError,
  requireOk,
  upload$,
  type HttpInterceptor,
  type HttpResponse,
  type UploadEvent,
} from '../../src/index.js';
import { installGlobalWx, marbles, scriptedWx, timeline, type WireMark } from '../../src/testing/index.js';
import { scriptedApp } from './scripted-app.js';

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
    'brings its answer through the interceptors, and its progress past them',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const seen: HttpResponse<unknown>[] = [];
      const login: HttpInterceptor = (request, next) =>
        next(request).pipe(
          mergeMap((response) => {
            seen.push(response);
            return response.status === 401 ? next({ ...request, header: { token: 'new' } }) : of(response);
          }),
        );
      const { network, wx } = scriptedApp(helpers, '', ({ header }) => cold<WireMark>(header ? '-pqr' : '-pqn', wire), {
        interceptors: [login],
      });

      const upload = timeline(createUpload(network)(file));
      flush();

      expect(upload.seen).toEqual([
        'sent 1 @0',
        'progress 1 50% @1',
        'progress 1 100% @2',
        'sent 2 @3',
        'progress 2 50% @4',
        'progress 2 100% @5',
        'response 2 200 @6',
        '| @6',
      ]);
      expect(seen.map(({ status, body }) => [status, body])).toEqual([[401, { why: 1 }]]);
      expect(wx.options[1]).toMatchObject({ ...file, header: { token: 'new' } });
    }),
  );

  it(
    'lets an interceptor make a call of its own, such as a login, which is no upload and tells nothing on the way',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const login: HttpInterceptor = (request, next) =>
        next({ url: 'https://api.example.com/login', method: 'POST' }).pipe(
          mergeMap(({ body }) => next({ ...request, header: { token: String((body as { id: number }).id) } })),
        );
      const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('-r', wire), { interceptors: [login] });

      const upload = timeline(createUpload(network)(file));
      flush();

      expect(upload.seen).toEqual(['sent 1 @1', 'progress 1 100% @2', 'response 1 200 @2', '| @2']);
      expect(wx.options.map(({ url, header }) => [url, header])).toEqual([
        ['https://api.example.com/login', undefined],
        [url, { token: '1' }],
      ]);
    }),
  );

  it(
    'takes an answer that an interceptor made',
    marbles((helpers) => {
      const cached = { status: 200, ok: true, body: 'cached' } as HttpResponse<unknown>;
      const { network } = scriptedApp(helpers, '', () => NEVER, { interceptors: [() => of(cached)] });

      const upload$ = createUpload(network)(file);

      helpers.expectObservable(upload$).toBe('(r|)', { r: { ...cached, type: 'response', attempt: 0 } });
    }),
  );

  it(
    'runs beforeSend at each attempt, and drops a Content-Type: it is the form’s',
    marbles((helpers) => {
      const { network, wx } = scriptedApp(helpers, '', () => NEVER, {
        header: { 'Content-Type': 'application/json' },
        beforeSend: (request) => ({ ...request, header: { ...request.header, token: 't' } }),
      });

      createUpload(network)(file).subscribe().unsubscribe();

      expect(wx.options[0]).toMatchObject({ ...file, header: { token: 't' } });
      expect(wx.options[0]?.header).toEqual({ token: 't' });
    }),
  );

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

  describe('with several files', () => {
    const bytes = new Uint8Array([1, 2]).buffer;
    const files = [
      { name: 'a', fileName: 'a.png', contentType: 'image/png', bytes },
      { name: 'b', filePath: 'wxfile://tmp/b.txt' },
    ];
    const reading = (data: ArrayBuffer) => ({
      getFileSystemManager: () => ({
        readFile: (option: { success?: (result: { data: ArrayBuffer }) => void }) => option.success?.({ data }),
      }),
    });

    it(
      'sends one form through wx.request, files of the device read at the last moment',
      marbles((helpers) => {
        const { cold, flush } = helpers;
        const { network, wx } = scriptedApp(helpers, '', () => cold<WireMark>('---r', wire), {
          header: { 'Content-Type': 'application/json' },
        });
        Object.assign(wx, reading(new Uint8Array([3]).buffer));

        const upload = timeline(createUpload(network)({ url, files, formData: { title: '标题', count: 2 } }));
        flush();

        expect(upload.seen).toEqual(['sent 1 @0', 'progress 1 100% @3', 'response 1 200 @3', '| @3']);
        const { data, header, method } = wx.options[0]!;
        expect(method).toBe('POST');
        expect(header).toEqual({ 'content-type': 'multipart/form-data; boundary=----rx-miniprogram-0000000000' });
        const body = Buffer.from(data as ArrayBuffer).toString('utf8');
        expect(body).toContain('name="title"\r\n\r\n标题\r\n');
        expect(body).toContain('name="a"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0001\u0002\r\n');
        expect(body).toContain(
          'name="b"; filename="b.txt"\r\nContent-Type: application/octet-stream\r\n\r\n\u0003\r\n',
        );
      }),
    );

    it(
      '[DOM-1] is a request for the platform, and so for the lists',
      marbles((helpers) => {
        const { network } = scriptedApp(helpers, '', () => NEVER, {
          domains: { uploadFile: ['https://up.example.com'], request: [] },
        });

        const upload = timeline(createUpload(network)({ url, files }));

        expect(upload.seen).toEqual(['# domain-not-allowed DOM-1 request @0']);
      }),
    );
  });

  it('over the global wx shares the queue of the ready-made http$', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    const uploads = Array.from({ length: 10 }, () => upload$(file).subscribe());
    const call = http$('https://api.example.com/').subscribe();
    expect(wx.options).toHaveLength(10);

    for (const subscription of [...uploads, call]) subscription.unsubscribe();
    remove();
  });
});
