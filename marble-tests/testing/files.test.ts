import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Observable } from 'rxjs';
import { bytes, json, marbles, scenario, sent } from '../../src/testing/index.js';
import type { SimulatedWx } from '../../src/simulator/index.js';

const photos = 'https://api.example.com/photos';

const upload$ = (wx: SimulatedWx) =>
  new Observable<unknown>((subscriber) => {
    const filePath = `${wx.env.USER_DATA_PATH}/photo.jpg`;
    wx.getFileSystemManager().writeFileSync(filePath, 'not really a photo');
    const task = wx.uploadFile({
      url: photos,
      filePath,
      name: 'photo',
      success: ({ data }) => {
        subscriber.next(data);
        subscriber.complete();
      },
      fail: (reason) => subscriber.error(reason),
    });
    task.onProgressUpdate(({ totalBytesSent }) => subscriber.next(totalBytesSent));
    return () => task.abort();
  });

describe('the server of the kit', () => {
  it(
    'takes an upload, and tells how it gets on as drawn',
    marbles(({ wx, server, expectObservable, flush }) => {
      const route = server.upload(photos).replies('-s-t-r|', { s: sent(10), t: sent(20), r: json({ id: 1 }) });
      const expected = '                            -s-t--(r|)';

      expectObservable(upload$(wx)).toBe(expected, { s: 10, t: 20, r: '{"id":1}' });
      flush();

      expect(route.requests[0]?.text).toMatch(/name="photo"; filename="photo\.jpg"[^]*not really a photo/);
    }),
  );

  it(
    'gives a file to download',
    marbles(({ wx, server, flush }) => {
      server.download(photos).replies('--r|', { r: bytes(Uint8Array.of(1, 2, 3)) });
      const told: unknown[] = [];
      wx.downloadFile({
        url: photos,
        success: ({ tempFilePath }) => told.push(wx.getFileSystemManager().statSync(tempFilePath)),
      });
      flush();

      expect(told).toEqual([expect.objectContaining({ size: 3 })]);
    }),
  );

  it('leaves no files behind', async () => {
    // Of this process: jest's other workers have theirs while their tests run.
    const kept = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`rx-miniprogram-test-${process.pid}-`));
    let path = '';
    marbles(({ wx, server, flush }) => {
      server.upload(photos).replies('r|');
      upload$(wx).subscribe();
      flush();
      path = wx.env.USER_DATA_PATH;
    })();
    await scenario(async ({ wx, server, advance }) => {
      server.upload(photos).replies('r|');
      upload$(wx).subscribe();
      await advance(5);
    });

    expect(path).not.toBe('');
    expect(existsSync(path)).toBe(false);
    expect(kept()).toEqual([]);
  });
});
