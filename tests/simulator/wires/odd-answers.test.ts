import { deflateRawSync, gzipSync } from 'node:zlib';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import { called, type Told } from '../../support/called.js';
import { failure } from '../../support/failure.js';
import { startRawServer, type RawServer } from '../../support/raw-server.js';

const OK = 'HTTP/1.1 200 OK\r\n';
const MEGABYTE = 1024 * 1024;

function coded(coding: string, body: Buffer): (string | Buffer)[] {
  return [`${OK}Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`, body];
}

/** Comes before the answer, unasked. */
function interim(statusCode: number): string {
  return `HTTP/1.1 ${statusCode} Wait\r\nLink: </style.css>\r\n\r\n`;
}

function gzipTimes(times: number, body = Buffer.from('text')): Buffer {
  return times === 0 ? body : gzipTimes(times - 1, gzipSync(body));
}

describe('answers that are odd, but answers', () => {
  let server: RawServer;
  let phone: Simulator;
  const get = (name: string, simulator = phone): Promise<Told> =>
    called(simulator.wx.request, { url: `http://api.example.com/${name}`, dataType: 'text', timeout: 3_000 });

  beforeAll(async () => {
    server = await startRawServer({
      '304-length': ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
      '204-length': ['HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
      '304-body': ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello'],
      '204-body': ['HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello'],
      '204-chunked': ['HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
      'long-header': [`${OK}X-Long: ${'a'.repeat(200_000)}\r\nContent-Length: 4\r\n\r\ntext`],
      continue: [`${interim(100)}${OK}Content-Length: 4\r\n\r\ntext`],
      'thousands-before': [[100, 102, 103].map(interim).join('').repeat(1_000), `${OK}Content-Length: 4\r\n\r\ntext`],
      'raw-deflate': coded('deflate', deflateRawSync('text')),
      'gzip-twice': coded('gzip, GZIP', gzipTimes(2)),
      'gzip-5': coded('gzip, gzip, gzip, gzip, gzip', gzipTimes(5)),
      'gzip-6': coded('gzip, gzip, gzip, gzip, gzip, gzip', gzipTimes(6)),
      bomb: coded('gzip', gzipSync(Buffer.alloc(65 * MEGABYTE, 'a'))),
      'ten-bytes': [`${OK}Content-Length: 10\r\n\r\n0123456789`],
    });
    phone = createSimulator({ urlCheck: false, lookup: server.lookup });
  });
  afterAll(async () => {
    await phone.close();
    await server.stop();
  });

  it.each([
    ['304-length', 304, ''],
    ['204-length', 204, ''],
    ['304-body', 304, ''],
    ['204-body', 204, ''],
    ['204-chunked', 204, ''],
    ['long-header', 200, 'text'],
    ['continue', 200, 'text'],
    ['thousands-before', 200, 'text'],
    ['raw-deflate', 200, 'text'],
    ['gzip-twice', 200, 'text'],
    ['gzip-5', 200, 'text'],
  ])('takes %s', async (name, statusCode, data) => {
    expect((await get(name)).success).toMatchObject({ statusCode, data });
    // Nor does it spoil the connection for the next one.
    expect((await get('ten-bytes')).success).toMatchObject({ statusCode: 200, data: '0123456789' });
  });

  it('undoes five codings, no more', async () => {
    expect((await get('gzip-6')).fail).toEqual(failure('request:fail -330:net::ERR_CONTENT_DECODING_FAILED', 600001));
  });

  it('fails with 602300 on a body beyond 64 MB, however short it was on the way', async () => {
    expect((await get('bomb')).fail).toEqual(failure('request:fail native buffer exceed size limit', 602300));
  });

  it('fails with 602300 beyond maxBodyBytes, and takes as much', async () => {
    const options = { urlCheck: false, lookup: server.lookup };
    const [nine, ten] = [9, 10].map((maxBodyBytes) => createSimulator({ ...options, maxBodyBytes }));

    expect((await get('ten-bytes', nine)).fail).toMatchObject({ errno: 602300 });
    expect((await get('ten-bytes', ten)).success).toMatchObject({ data: '0123456789' });
    await Promise.all([nine?.close(), ten?.close()]);
  });
});
