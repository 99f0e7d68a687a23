import { from, mergeMap, NEVER, type Observable } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  type Http,
  type NetworkError,
} from '../../../src/index.js';
import { createSocket } from '../../../src/sockets.js';
import { createStream } from '../../../src/streams.js';
import { scriptedWx } from '../../../src/testing/index.js';

const url = 'https://api.example.com/pay';

type Called = (...given: unknown[]) => Observable<unknown>;

/** What the platform was asked for, by each client called as from JavaScript. */
function phone() {
  const asked: { readonly [name: string]: unknown }[] = [];
  const ask = (option: { readonly [name: string]: unknown }) => {
    asked.push(option);
    return { abort: () => undefined };
  };
  const wx = { request: ask, uploadFile: ask, downloadFile: ask };
  const network = createNetwork({ wx: wx as never });
  return { asked, network };
}

describe('[K8.4] options behind the URL, as other clients have them', () => {
  it('are taken, and make no GET of a POST', () => {
    const { asked, network } = phone();
    const call = (client: unknown, ...given: unknown[]) =>
      (client as Called)(...given)
        .subscribe()
        .unsubscribe();
    const http$ = createHttp(network);
    call(http$, url, { method: 'POST', data: { id: 1 } });
    call(createStream(network), url, { method: 'POST', data: { id: 1 } });
    call(createDownload(network), url, { header: { 'x-a': 'b' } });
    call(createUpload(network), url, { filePath: 'wxfile://a', name: 'f' });

    expect(asked.map(({ url, method, header, filePath }) => [url, method, header, filePath])).toEqual([
      [url, 'POST', undefined, undefined],
      [url, 'POST', undefined, undefined],
      [url, undefined, { 'x-a': 'b' }, undefined],
      [url, undefined, undefined, 'wxfile://a'],
    ]);
  });

  it('are taken by socket$', () => {
    const wx = scriptedWx(() => NEVER, { sockets: () => NEVER });
    const problems: string[] = [];
    const socket$ = createSocket(createNetwork({ wx })) as unknown as (
      ...given: unknown[]
    ) => ReturnType<ReturnType<typeof createSocket>>;
    socket$('wss://chat.example.com/', { heartbeats: 1 }).messages$.subscribe({
      error: ({ message }: NetworkError) => problems.push(message),
    });

    expect(problems).toEqual([expect.stringContaining("Unknown option 'heartbeats'")]);
  });

  it.each([
    ['http$', (http$: Http) => http$ as Called, [{ url }, { method: 'POST' }]],
    ['get', ({ get }: Http) => get as Called, [url, {}, { header: {} }]],
    ['post', ({ post }: Http) => post as Called, [url, {}, {}, { header: {} }]],
  ] as const)('are refused where %s has no place for them', (_name, clientOf, given) => {
    const { asked, network } = phone();
    const codes: string[] = [];
    clientOf(createHttp(network))(...given).subscribe({ error: ({ code }: NetworkError) => codes.push(code) });

    expect([codes, asked]).toEqual([['invalid-argument'], []]);
  });

  it('are no index and no list: http$ may be handed to map and mergeMap', () => {
    const { asked, network } = phone();
    const http$ = createHttp(network);
    from([url, url]).pipe(mergeMap(http$)).subscribe().unsubscribe();
    from([url])
      .pipe(mergeMap(http$.get as Called))
      .subscribe()
      .unsubscribe();
    for (const client of [http$ as Called, http$.get as Called]) {
      for (const answer$ of [url].map(client)) answer$.subscribe().unsubscribe();
    }

    expect(asked.map((option) => option['method'])).toEqual(['GET', 'GET', 'GET', 'GET', 'GET']);
  });
});
