import type { UploadFileOption, UploadProgress, UploadTask } from '../../../src/simulator/apis/file-task-types.js';
import type { SimulatorOptions } from '../../../src/simulator/options.js';
import { failure } from '../../support/failure.js';
import { readForm } from '../../support/read-form.js';
import { useHarness } from '../harness.js';

const FILE = 'wxfile://usr/photo.png';
const MEGABYTE = 1024 * 1024;

describe('wx.uploadFile, on real sockets', () => {
  const harness = useHarness(({ url, body }) => {
    if (url === '/break') return { body: ['{"id":', '1}'], breakOff: 'within' };
    const afterMs = url === '/slow' ? 3_000 : url === '/ten' ? 30 : 0;
    return { status: url === '/refuse' ? 413 : 200, body: `${body.byteLength}`, afterMs };
  });

  const upload = (
    path: string,
    option: Partial<UploadFileOption> = {},
    options: SimulatorOptions = {},
    onTask: (task: UploadTask) => void = () => {},
  ) => {
    const { wx } = harness.phone(options);
    wx.getFileSystemManager().writeFileSync(FILE, Buffer.alloc(MEGABYTE, 'bytes').buffer.slice(0, MEGABYTE));
    return new Promise<{ readonly told: unknown; readonly progress: readonly UploadProgress[] }>((resolve) => {
      const progress: UploadProgress[] = [];
      const end = (told: unknown) => resolve({ told, progress });
      const task = wx.uploadFile({
        url: `https://api.example.com${path}`,
        filePath: FILE,
        name: 'photo',
        ...option,
        success: end,
        fail: end,
      });
      task.onProgressUpdate((one) => progress.push(one));
      onTask(task);
    });
  };

  it.each([false, true])(
    'sends a form whole, its length announced, and tells how far it is (HTTP/2: %s)',
    async (enableHttp2) => {
      const { told, progress } = await upload('/photos', { enableHttp2, formData: { album: 7 } });
      const { method, header, body, httpVersion } = harness.server.seen.at(-1)!;
      const form = await readForm(String(header['content-type']), new Uint8Array(body));

      expect([method, httpVersion]).toEqual(['POST', enableHttp2 ? '2.0' : '1.1']);
      expect([header['content-length'], header['transfer-encoding']]).toEqual([`${body.byteLength}`, undefined]);
      expect(form.get('album')).toBe('7');
      expect(form.get('photo')).toMatchObject({ name: 'photo.png', type: 'image/png', size: MEGABYTE });
      expect(told).toMatchObject({ statusCode: 200, data: `${body.byteLength}`, errMsg: 'uploadFile:ok' });

      const sent = progress.map(({ totalBytesSent }) => totalBytesSent);
      expect(sent.length).toBeGreaterThan(10);
      expect(sent).toEqual([...sent].sort((one, other) => one - other));
      expect(progress.at(-1)).toEqual({
        progress: 100,
        totalBytesSent: body.byteLength,
        totalBytesExpectedToSend: body.byteLength,
      });
    },
  );

  it('[CB-1] takes a refusal for an answer', async () => {
    expect((await upload('/refuse')).told).toMatchObject({ statusCode: 413, errMsg: 'uploadFile:ok' });
  });

  it('[LIM-1] sends the platform’s Referer', async () => {
    await upload('/photos', { header: { referer: 'https://a.com' } });
    expect(harness.server.seen.at(-1)?.header['referer']).toBe(
      'https://servicewechat.com/wx0123456789abcdef/0/page-frame.html',
    );
  });

  it('[TIME-1] ends an upload that takes longer, and its connection', async () => {
    const before = harness.server.cutOff();

    expect((await upload('/slow', { timeout: 200 })).told).toEqual(failure('uploadFile:fail socket timeout', 5));
    await expectSoon(() => harness.server.cutOff() === before + 1);
  });

  it('fails on an answer that breaks off', async () => {
    expect((await upload('/break')).told).toEqual(
      failure('uploadFile:fail upload fail:-355:net::ERR_INCOMPLETE_CHUNKED_ENCODING', 600001),
    );
  });

  it('stops sending in the turn of an abort', async () => {
    const before = harness.server.seen.length;
    const { told, progress } = await upload('/photos', {}, {}, (task) => task.onProgressUpdate(task.abort));

    expect(told).toEqual(failure('uploadFile:fail abort'));
    expect(progress.at(-1)?.progress).toBeLessThan(100);
    expect(harness.server.seen).toHaveLength(before);
  });

  it('[LIM-2] has no eleventh upload at the server, and all of them answered', async () => {
    const { wx } = harness.phone();
    wx.getFileSystemManager().writeFileSync(FILE, 'x');
    const told = await Promise.all(
      Array.from(
        { length: 25 },
        () =>
          new Promise<{ readonly errMsg: string }>((complete) => {
            wx.uploadFile({ url: 'https://api.example.com/ten', filePath: FILE, name: 'photo', complete });
          }),
      ),
    );

    expect(told.map(({ errMsg }) => errMsg)).toEqual(Array.from({ length: 25 }, () => 'uploadFile:ok'));
    expect(harness.server.maxInFlight()).toBeLessThanOrEqual(10);
  });
});

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}
