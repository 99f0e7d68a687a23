import { lastValueFrom, merge, toArray } from 'rxjs';
import {
  createDownload,
  createHttp,
  createNetwork,
  createUpload,
  readFile$,
  requireOk,
  type DownloadEvent,
  type NetworkError,
  type ProgressEvent,
  type UploadEvent,
} from '../../src/index.js';
import { createStream, decodeText, parseServerSentEvents, type StreamEvent } from '../../src/streams.js';
import type { SimulatorOptions } from '../../src/simulator/index.js';
import { useHarness } from '../simulator/harness.js';
import { readForm } from '../support/read-form.js';
import type { SeenRequest } from '../support/test-server.js';

const API = 'https://api.example.com';
const picture = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256));
const events = 'data: 你好，😀\n\ndata: {"a":1}\n\n';

const { phone, server } = useHarnessed();

describe('files and streams on real sockets', () => {
  it('uploads a file of the device, its progress to 100 %, the answer decoded', async () => {
    const { upload$, path } = device();

    const seen = await all(
      upload$({ url: `${API}/upload`, filePath: path, name: 'photo', formData: { title: '标题' } }),
    );

    const form = await formOf(lastSeen('/upload'));
    expect([...form.keys()].sort()).toEqual(['photo', 'title']);
    expect(form.get('title')).toBe('标题');
    expect(Buffer.from(await (form.get('photo') as Blob).arrayBuffer()).equals(picture)).toBe(true);
    expectSteady(seen);
    expect(seen.at(-1)).toMatchObject({ type: 'response', attempt: 1, ok: true, body: { method: 'POST' } });
  });

  it('uploads several files in one form', async () => {
    const { upload$, path } = device();
    const text = new Uint8Array(Buffer.from('------rx-miniprogram-0000000000')).buffer;

    const seen = await all(
      upload$({
        url: `${API}/upload`,
        files: [
          { name: 'photos', filePath: path, contentType: 'image/png' },
          { name: 'photos', fileName: '"引号".txt', bytes: text },
        ],
        formData: { title: '标题', count: 2 },
      }),
    );

    const form = await formOf(lastSeen('/upload'));
    const files = form.getAll('photos').filter((part) => part instanceof File);
    expect([form.get('title'), form.get('count')]).toEqual(['标题', '2']);
    expect(files.map(({ name, type }) => [name, type])).toEqual([
      ['a.png', 'image/png'],
      ['"引号".txt', 'application/octet-stream'],
    ]);
    expect(Buffer.from(await files[0]!.arrayBuffer()).equals(picture)).toBe(true);
    expect(await files[1]!.text()).toBe('------rx-miniprogram-0000000000');
    expectSteady(seen);
  });

  it('puts the bytes of a file', async () => {
    const { http$, wx, path } = device();

    const bytes = await lastValueFrom(readFile$(path, { wx: wx }));
    const { ok } = await lastValueFrom(
      http$.put(`${API}/object`, bytes, { header: { 'content-type': 'image/png' }, as: 'text' }),
    );

    const { method, header, body } = lastSeen('/object');
    expect([ok, method, header['content-type'], body.equals(picture)]).toEqual([true, 'PUT', 'image/png', true]);
  });

  it('downloads a file, its progress to 100 %', async () => {
    const { download$, wx } = device();

    const seen = await all(download$(`${API}/picture`));

    const answer = seen.at(-1);
    expectSteady(seen);
    expect(answer).toMatchObject({ type: 'response', attempt: 1, ok: true, status: 200 });
    const { filePath } = answer as { filePath: string };
    expect(Buffer.from(wx.getFileSystemManager().readFileSync(filePath) as ArrayBuffer).equals(picture)).toBe(true);
  });

  it('names the limit of a download, and keeps nothing', async () => {
    const { download$, wx } = device({ maxDownloadBytes: 100_000 });
    const filePath = `${wx.env.USER_DATA_PATH}/big`;

    const failure = await failureOf(download$({ url: `${API}/picture`, filePath }));

    expect(failure).toMatchObject({ code: 'too-large', api: 'downloadFile', errno: 603301 });
    expect(failure.what).toContain('up to 200 MB');
    expect(() => wx.getFileSystemManager().statSync(filePath)).toThrow();
  });

  it('says that a file to upload is not there', async () => {
    const { upload$, wx } = device();
    const missing = `${wx.env.USER_DATA_PATH}/none.png`;

    const one = await failureOf(upload$({ url: `${API}/upload`, filePath: missing, name: 'a' }));
    const several = await failureOf(upload$({ url: `${API}/upload`, files: [{ name: 'a', filePath: missing }] }));

    expect([one.code, one.api, several.code, several.api]).toEqual([
      'invalid-argument',
      'uploadFile',
      'invalid-argument',
      'readFile',
    ]);
  });

  it('streams bytes that are cut anywhere, and loses none', async () => {
    const { stream$ } = device({ chunkBytes: 1 });

    const seen = await all(stream$(`${API}/events`).pipe(requireOk()));

    const chunks = seen.filter((event) => event.type === 'chunk');
    expect(Buffer.concat(chunks.map(({ data }) => Buffer.from(data))).toString()).toBe(events);
    expect(chunks).toHaveLength(Buffer.byteLength(events));
    expect(seen[1]).toMatchObject({ type: 'headers', status: 200 });
    expect(seen.at(-1)).toMatchObject({ type: 'response', ok: true, body: undefined });
  });

  it('reads server-sent events from bytes that are cut anywhere', async () => {
    const { stream$ } = device({ chunkBytes: 1 });

    const seen = await all(stream$(`${API}/events`).pipe(requireOk(), decodeText(), parseServerSentEvents()));

    expect(seen.map(({ data }) => data)).toEqual(['你好，😀', '{"a":1}']);
  });

  it('brings the body of an error on the answer, and no chunk of it', async () => {
    const { stream$ } = device({ chunkBytes: 3 });

    const seen: StreamEvent[] = [];
    const failure = await failureOf(stream$(`${API}/refused`).pipe(requireOk()), seen);

    expect(seen.map(({ type }) => type)).toEqual(['sent', 'headers']);
    expect([failure.code, failure.response?.body]).toEqual(['status', { why: '没有权限' }]);
  });

  it('[LIM-2] ten at once over the three kinds', async () => {
    const { http$, upload$, download$, path, network } = device({ concurrencyScope: 'shared', overLimit: 'fail' });
    let most = 0;
    network.requestQueue.state$.subscribe(({ running }) => (most = Math.max(most, running)));

    const calls = Array.from({ length: 12 }, () => [
      http$(`${API}/slow`),
      upload$({ url: `${API}/slow`, filePath: path, name: 'a' }),
      download$(`${API}/slow`),
    ]).flat();
    const seen = await all(merge(...calls));

    expect(most).toBe(10);
    expect(seen.filter((event) => 'ok' in event)).toHaveLength(36);
  });
});

function useHarnessed() {
  const harness = useHarness(({ url, method }) => {
    if (url === '/picture') return { body: [picture.subarray(0, 99_999), picture.subarray(99_999)] };
    if (url === '/events') return { header: { 'content-type': 'text/event-stream' }, body: events };
    if (url === '/refused') return { status: 403, body: JSON.stringify({ why: '没有权限' }) };
    return { body: JSON.stringify({ method }), afterMs: url === '/slow' ? 20 : 0 };
  });
  return {
    phone: harness.phone,
    server: () => harness.server,
  };
}

/** An app on a phone with a picture on it. */
function device(options: SimulatorOptions = {}) {
  const simulator = phone({ domains: { request: [API], uploadFile: [API], downloadFile: [API] }, ...options });
  const { wx } = simulator;
  const path = `${wx.env.USER_DATA_PATH}/a.png`;
  wx.getFileSystemManager().writeFileSync(path, new Uint8Array(picture).buffer);
  const network = createNetwork({ wx });
  return {
    wx,
    path,
    network,
    http$: createHttp(network),
    upload$: createUpload(network),
    download$: createDownload(network),
    stream$: createStream(network),
  };
}

const all = <T>(source: Parameters<typeof lastValueFrom<T>>[0]): Promise<T[]> => lastValueFrom(source.pipe(toArray()));

function failureOf<T>(source: Parameters<typeof lastValueFrom<T>>[0], seen: T[] = []): Promise<NetworkError> {
  return new Promise((resolve, reject) => {
    source.subscribe({
      next: (value) => seen.push(value),
      error: resolve,
      complete: () => reject(new Error('it did not fail')),
    });
  });
}

function lastSeen(path: string): SeenRequest {
  return server()
    .seen.filter(({ url }) => url === path)
    .at(-1)!;
}

/** What a server reads, by another implementation than ours. */
function formOf({ header, body }: SeenRequest) {
  return readForm(String(header['content-type']), new Uint8Array(body));
}

function expectSteady(seen: readonly (UploadEvent<unknown> | DownloadEvent)[]): void {
  const progress = seen.filter((event): event is ProgressEvent => event.type === 'progress');
  const percents = progress.map(({ percent }) => percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect(percents.filter((percent) => percent === 100)).toEqual([100]);
  expect(percents.at(-1)).toBe(100);
  expect(seen.at(-2)?.type).toBe('progress');
}
