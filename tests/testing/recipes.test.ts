// What the READMEs show of the kit.
import axiosModule, { createAdapter, type AxiosStatic } from 'axios-miniprogram';
import { map } from 'rxjs';
import { createHttp, createNetwork } from '../../src/index.js';
import { json, marbles, scenario } from '../../src/testing/index.js';

// As TypeScript reads a CommonJS package, `default` is the module.
const axios = axiosModule as unknown as AxiosStatic;

it(
  '[BG-1] loads the users again after the app was away',
  marbles(({ wx, server, app, expectObservable, expectCalls }) => {
    const users = 'https://api.example.com/users';
    server
      .get(users)
      .replies('-')
      .replies('--r|', { r: json([{ id: 1 }]) });
    const http$ = createHttp(createNetwork({ wx }));
    app('                   -h 8s s'); // h hides the app, s shows it; one character is a millisecond

    const loaded$ = http$.get(users).pipe(map(({ body }) => body));

    expectObservable(loaded$).toBe('8005ms (u|)', { u: [{ id: 1 }] });
    expectCalls(server.get(users)).toBe(['^ 5000ms !', '8002ms ^']); // cut off by BG-1, sent again on the return
  }),
);

it('[BG-1] reads the profile, and says so when the app was away too long', () =>
  scenario(async ({ wx, server, app, advance }) => {
    const me = 'https://api.example.com/me';
    server
      .get(me)
      .replies('--r|', { r: json({ name: 'Ada' }) })
      .replies('-');
    const { request, uploadFile: upload, downloadFile: download } = wx;
    const client = axios.create({ adapter: createAdapter({ request, upload, download } as never) });

    const profile = client.get(me);
    await advance(3);
    expect((await profile).data).toEqual({ name: 'Ada' });

    app('-h');
    const failed = client.get(me).catch((error: unknown) => error);
    await advance(5_001);
    expect(await failed).toMatchObject({ response: { data: { errMsg: 'request:fail interrupted' } } });
  }));
