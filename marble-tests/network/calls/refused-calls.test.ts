import { NEVER, type Observable } from 'rxjs';
import { createDownload, createUpload, type Network, type NetworkError } from '../../../src/index.js';
import { createStream } from '../../../src/streams.js';
import { marbles } from '../../../src/testing/index.js';
import { scriptedApp } from '../scripted-app.js';

/** Expects that a call is refused for what it asks, at once and before the platform hears of it. */
function expectRefused(
  callOn: (network: Network) => (request: never) => Observable<unknown>,
  request: unknown,
  api: string,
  message: string,
): void {
  marbles((helpers) => {
    const { network, wx } = scriptedApp(helpers, '', () => NEVER);
    const errors: NetworkError[] = [];

    callOn(network)(request as never).subscribe({ error: (error: NetworkError) => errors.push(error) });

    expect(errors.map((error) => [error.code, error.phase, error.api])).toEqual([['invalid-argument', 'check', api]]);
    expect(errors[0]?.message).toContain(message);
    expect(wx.log).toEqual([]);
  })();
}

describe('upload$', () => {
  const url = 'https://up.example.com/photos';
  const file = { url, filePath: 'wxfile://tmp_a.png', name: 'photo' };

  describe('given what it cannot send', () => {
    const bytes = new Uint8Array([1]).buffer;

    it.each<[string, object | string | undefined, string]>([
      ['no file', { url, name: 'a' }, 'filePath is missing: the file to send'],
      ['an empty path', { ...file, filePath: '' }, 'filePath is missing: the file to send'],
      [
        'a path that is no text',
        { ...file, filePath: 1 },
        'filePath must be a string; got 1; write the tempFilePath of one file',
      ],
      ['no field', { url, filePath: 'a' }, 'name is missing: the form field'],
      ['an empty field', { ...file, name: '' }, 'name is missing: the form field'],
      ['one file and several', { url, filePath: 'a', files: [] }, 'give filePath, for one file, or files'],
      ['a field for several', { url, name: 'a', files: [] }, 'name belongs to each of the files'],
      ['none of several', { url, files: [] }, 'files is empty'],
      ['files that are no list', { url, files: {} }, 'files must be an array'],
      ['a path among the files', { url, files: ['a'] }, 'files[0]: expected { name, filePath }'],
      ['a file without a field', { url, files: [{ filePath: 'a' }] }, 'files[0]: name is missing'],
      ['a file without bytes', { url, files: [{ name: 'a' }] }, 'files[0]: give one of filePath and bytes'],
      [
        'a file twice',
        { url, files: [{ name: 'a', filePath: 'a', bytes }] },
        'files[0]: give one of filePath and bytes',
      ],
      [
        'a list of numbers for bytes',
        { url, files: [{ name: 'a', fileName: 'a', bytes: [1] }] },
        'files[0]: bytes must be an ArrayBuffer or a typed array; got Array',
      ],
      ['bytes without a name', { url, files: [{ name: 'a', bytes }] }, 'files[0]: fileName is missing'],
      ['an option no file has', { url, files: [{ name: 'a', path: 'a' }] }, "files[0]: Unknown option 'path'"],
      [
        'a type that breaks its line',
        { url, files: [{ name: 'a', filePath: 'a', contentType: 'a\r\nb: c' }] },
        "files[0]: contentType must be such as 'image/png'",
      ],
      [
        'an object as a field',
        { ...file, formData: { a: {} } },
        'formData.a must be a text, a number or a boolean; got Object',
      ],
      ['a relative URL', { ...file, url: '/photos' }, "'/photos' is relative, and the network has no baseUrl"],
      ['only a URL', url, 'filePath is missing'],
      ['nothing', undefined, 'expected a URL, or an object with one'],
      ['a timeout', { ...file, timeout: 1 }, "Unknown option 'timeout'; write attemptMs, in milliseconds"],
      ['data', { ...file, data: {} }, "Unknown option 'data'; write formData"],
      ['bytes as the answer', { ...file, as: 'arraybuffer' }, 'as must be one of json, text'],
      ['another method', { ...file, method: 'PUT' }, "the platform's uploadFile knows POST only; got 'PUT'"],
      [
        'the platform’s own',
        { ...file, platform: { filePath: 'b' } },
        "platform cannot have 'filePath'; upload$ sets it",
      ],
    ])('%s: an error at once', (_title, request, message) => {
      const { files } = (request ?? {}) as { files?: unknown };
      expectRefused(createUpload, request, files === undefined ? 'uploadFile' : 'request', message);
    });
  });
});

describe('download$', () => {
  const url = 'https://dl.example.com/report.pdf';

  it.each<[string, object | string, string]>([
    ['an empty path', { url, filePath: '' }, 'filePath is empty; leave it out for a temporary place'],
    ['a relative URL', '/report.pdf', "'/report.pdf' is relative, and the network has no baseUrl"],
    ['a timeout', { url, timeout: 1 }, "Unknown option 'timeout'; write attemptMs, in milliseconds"],
    ['data', { url, data: {} }, "Unknown option 'data'; write it into the url, as a query"],
    ['another method', { url, method: 'POST' }, "the platform's downloadFile knows GET only; got 'POST'"],
    ['what it decodes', { url, as: 'text' }, "Unknown option 'as'"],
  ])('given %s: an error at once', (_title, request, message) => {
    expectRefused(createDownload, request, 'downloadFile', message);
  });
});

describe('stream$', () => {
  const url = 'https://api.example.com/chat';

  it.each<[string, object | string, string]>([
    ['a relative URL', '/chat', "'/chat' is relative, and the network has no baseUrl"],
    ['params', { url, params: {} }, "Unknown option 'params'; write data"],
    [
      'its own option',
      { url, platform: { enableChunked: false } },
      "platform cannot have 'enableChunked'; stream$ sets it",
    ],
  ])('given %s: an error at once', (_title, request, message) => {
    expectRefused(createStream, request, 'request', message);
  });
});
