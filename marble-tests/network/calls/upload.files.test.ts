import { NEVER } from 'rxjs';
import { createUpload } from '../../../src/index.js';
import { marbles, timeline, type WireMark } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

const url = 'https://up.example.com/photos';
const wire = { r: { data: '{"id":1}' } };

describe('upload$', () => {
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
      '[K4.11] gives one file of the device a name of its own, in a form',
      marbles((helpers) => {
        const { network, wx } = scriptedApp(helpers, '', () => helpers.cold<WireMark>('-r', wire));
        Object.assign(wx, reading(new Uint8Array([3]).buffer));
        const file = { url, filePath: 'wxfile://tmp_1', name: 'contract', fileName: '合同 2026.pdf' };

        const upload = timeline(createUpload(network)(file));
        helpers.flush();

        expect(upload.seen.at(-1)).toBe('| @1');
        expect(Buffer.from(wx.options[0]!.data as ArrayBuffer).toString('utf8')).toContain(
          'name="contract"; filename="合同 2026.pdf"',
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
});
