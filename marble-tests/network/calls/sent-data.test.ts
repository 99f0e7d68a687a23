import {
  createHttp,
  createNetwork,
  createUpload,
  type HttpRequest,
  type NetworkOptions,
  type UploadRequest,
  type WxPort,
} from '../../../src/index.js';

const url = 'https://api.example.com/items?x=1#top';

/** What reaches the platform, in the turn of the subscription. */
function sent(
  start: (network: ReturnType<typeof createNetwork>) => { subscribe(o: object): { unsubscribe(): void } },
  options: NetworkOptions = {},
) {
  const asked: Record<string, unknown>[] = [];
  const take = (option: object) => {
    asked.push({ ...option });
    return { abort: () => undefined };
  };
  let error: unknown;
  const wx = { request: take, uploadFile: take } as unknown as WxPort;
  // Left at once: its deadlines would be timers of real time, which hold the worker.
  start(createNetwork({ wx, ...options }))
    .subscribe({ error: (thrown: unknown) => (error = thrown) })
    .unsubscribe();
  return { asked: asked[0], error: error as Error | undefined };
}
const http = (request: object, options?: NetworkOptions) =>
  sent((network) => createHttp(network)({ url, ...request } as HttpRequest), options);
const upload = (request: object) => sent((network) => createUpload(network)({ url, ...request } as UploadRequest));
const bytesOf = (value: unknown) => [...new Uint8Array(value as ArrayBuffer)];

describe('what a call sends', () => {
  const pool = new Uint8Array([9, 8, 150, 1, 9]);

  it('[K3.1] the bytes of a view, and no JSON of it', () => {
    const { asked } = http({ method: 'POST', data: pool.subarray(1, 4) });

    expect(bytesOf(asked?.data)).toEqual([8, 150, 1]);
  });

  it('[K3.1] the same bytes to an interceptor that hands the call on', () => {
    const { asked } = http(
      { method: 'POST', data: pool.subarray(1, 4) },
      { interceptors: [(request, next) => next(request)] },
    );

    expect(bytesOf(asked?.data)).toEqual([8, 150, 1]);
  });

  it('[K3.2] the bytes of a view in a form', () => {
    const { asked } = upload({ files: [{ name: 'f', fileName: 'f.bin', bytes: Buffer.from('x-y').subarray(1, 2) }] });

    expect(Buffer.from(asked?.data as ArrayBuffer).toString()).toContain('octet-stream\r\n\r\n-\r\n');
  });

  it('[K3.3] text for every field of a form', () => {
    const { asked } = upload({
      filePath: 'wxfile://a',
      name: 'f',
      formData: { image: true, n: 1, u: undefined, z: null },
    });

    expect(asked?.formData).toEqual({ image: 'true', n: '1' });
    expect(upload({ filePath: 'wxfile://a', name: 'f', formData: { ids: [1] } }).error?.message).toContain(
      'invalid-argument: formData.ids must be a text, a number or a boolean; got Array',
    );
  });

  it('[K3.5] a query made here, in the URL', () => {
    const { asked } = http({ data: { page: 2, a: undefined, b: null, x: 3 } });

    expect(asked).toMatchObject({ url: 'https://api.example.com/items?page=2&x=3#top' });
    expect(asked).not.toHaveProperty('data');
  });

  it('[K3.5] a list as the call says, else as the network says, else none', () => {
    const data = { ids: [1, 2] };

    expect(http({ data, arrays: 'comma' }, { arrays: 'repeat' }).asked?.url).toContain('?x=1&ids=1,2#');
    expect(http({ data }, { arrays: 'repeat' }).asked?.url).toContain('?x=1&ids=1&ids=2#');
    expect(http({ data }).error?.message).toContain(
      'invalid-argument: data.ids is an array; say how it is written with arrays: one of repeat, brackets, comma, json',
    );
    expect(http({ data }).asked).toBeUndefined();
    expect(http({ data, arrays: 'commas' }).error?.message).toContain(
      'arrays must be one of repeat, brackets, comma, json',
    );
  });

  it('[K3.5] a form made here', () => {
    const header = { 'Content-Type': 'application/x-www-form-urlencoded' };

    expect(http({ method: 'POST', header, data: { a: '1 2', b: undefined } }).asked?.data).toBe('a=1%202');
  });

  it('[K3.6] a header of texts', () => {
    expect(http({ header: { token: undefined, version: 3 } }).asked?.header).toEqual({ version: '3' });
    expect(http({ header: { flag: true } }).error?.message).toContain(
      "the header field 'flag' must be a text; got boolean",
    );
  });

  it.each([[[['a', 'b']]], [new Map([['a', 'b']])]])('[K3.6] no header that is %p', (header) => {
    const message = 'header must be an object of names and values; got';

    expect(http({ header }).error?.message).toContain(message);
    expect(http({ header }, { header: { 'x-app': '1' } }).error?.message).toContain(message);
    expect(() =>
      createNetwork({ wx: { request: () => undefined } as unknown as WxPort, header: header as never }),
    ).toThrow(message);
  });

  it('[K3.7] no text that a header cannot carry', () => {
    expect(http({ header: { 'x-name': '张三' } }).error?.message).toContain(
      "the header field 'x-name' has a character that HTTP cannot carry; write encodeURIComponent(…)",
    );
  });

  it('the same of what beforeSend makes of it', () => {
    const beforeSend = (request: HttpRequest): HttpRequest => ({ ...request, data: { t: [1] }, arrays: 'json' });

    expect(http({ data: { page: 1 } }, { beforeSend }).asked?.url).toBe(
      'https://api.example.com/items?x=1&page=1&t=%5B1%5D#top',
    );
  });

  it('[K7] a warning for a thousand hosts at most is remembered', () => {
    const warnings: string[] = [];
    const network = createNetwork({
      wx: { request: () => ({ abort: () => undefined }) } as unknown as WxPort,
      domains: { request: [] },
      onRefusal: 'warn',
      onWarning: (message) => warnings.push(message),
    });
    const http$ = createHttp(network);
    const call = (host: number) =>
      http$(`https://h${host}.example.com/`)
        .subscribe({ error: () => undefined })
        .unsubscribe();

    for (let host = 0; host < 1_001; host++) call(host);
    call(1_000);
    expect(warnings).toHaveLength(1_001);
    call(0);
    expect(warnings).toHaveLength(1_002);
  });
});
