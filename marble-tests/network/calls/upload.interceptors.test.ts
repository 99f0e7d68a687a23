import { mergeMap, NEVER, of } from 'rxjs';
import { createUpload, type HttpInterceptor, type HttpResponse } from '../../../src/index.js';
import { marbles, timeline, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://up.example.com/photos';
const file = { url, filePath: 'wxfile://tmp_a.png', name: 'photo' };
const report = (percent: number): WireMark => ({
  progress: { progress: percent, totalBytesSent: percent * 2, totalBytesExpectedToSend: 200 },
});
const wire = { p: report(50), q: report(100), r: { data: '{"id":1}' }, n: { data: '{"why":1}', statusCode: 401 } };

describe('upload$', () => {
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
      const login: HttpInterceptor = (request, next, send) =>
        send({ url: 'https://api.example.com/login', method: 'POST' }).pipe(
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
});
