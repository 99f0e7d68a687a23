import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { firstValueFrom, forkJoin, race, timer } from 'rxjs';
import type { RequestProfile } from '../../../src/simulator/apis/request-types.js';
import { createSimulator } from '../../../src/simulator/create-simulator.js';
import { called } from '../../support/called.js';
import { failure } from '../../support/failure.js';
import { startTestServer } from '../../support/test-server.js';
import { useHarness } from '../harness.js';

const TEXT = '{"text":"'.padEnd(50_000, '中文 ') + '"}';

describe('node wire', () => {
  const harness = useHarness(({ url, header, httpVersion }) => {
    switch (url) {
      case '/gzip':
        return { header: { 'Content-Encoding': 'gzip' }, body: gzipSync(TEXT) };
      case '/deflate':
        return { header: { 'Content-Encoding': 'deflate' }, body: deflateSync(TEXT) };
      case '/br':
        return { header: { 'Content-Encoding': 'br' }, body: brotliCompressSync(TEXT) };
      case '/bad-gzip':
        return { header: { 'Content-Encoding': 'gzip' }, body: 'this is not gzip' };
      case '/cookies':
        return {
          header: { 'Set-Cookie': ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'], 'X-MiXed': 'kept' },
          body: '',
        };
      case '/chunks':
        return { body: ['one ', 'two ', 'three'] };
      case '/reset':
        return { breakOff: 'before' };
      case '/torn':
        return { body: ['half', 'of it'], breakOff: 'within' };
      default:
        return { body: JSON.stringify({ version: httpVersion, host: header.host ?? header[':authority'] }) };
    }
  });
  const { call } = harness;

  it.each(['/gzip', '/deflate', '/br'])('decodes %s', async (url) => {
    for (const enableHttp2 of [false, true]) {
      expect((await call({ url, dataType: 'text', enableHttp2 })).success?.data).toBe(TEXT);
    }
  });

  it('takes HEAD of a compressed body', async () => {
    expect((await call({ url: '/gzip', method: 'HEAD' })).success).toMatchObject({ statusCode: 200, data: '' });
  });

  it('speaks HTTP/1.1, or HTTP/2 with enableHttp2, under the name of the URL', async () => {
    const first = await call({ url: '/' }, { phone: 'ios' });
    expect(first.success).toMatchObject({
      data: { version: '1.1', host: 'api.example.com' },
      profile: { protocol: 'http1.1', peerIP: '127.0.0.1', port: harness.server.port },
    });
    const second = await call({ url: '/', enableHttp2: true }, { phone: 'ios' });
    expect(second.success).toMatchObject({
      data: { version: '2.0', host: 'api.example.com' },
      profile: { protocol: 'h2' },
    });
  });

  it('measures the steps of a connection, and none of one that it has', async () => {
    const simulator = harness.phone({ phone: 'ios' });
    const profileOf = async () =>
      (await called(simulator.wx.request, { url: 'https://api.example.com/' })).success?.profile as RequestProfile;
    const [fresh, reused] = [await profileOf(), await profileOf()];

    expect(fresh).toMatchObject({ socketReused: false });
    // A handshake on loopback takes longer than a millisecond, or it does not; but never less than none.
    expect(fresh.connectEnd).toBeGreaterThanOrEqual(fresh.SSLconnectionStart);
    expect(fresh.requestStart).toBe(fresh.connectEnd);
    expect(fresh.responseStart).toBeGreaterThanOrEqual(fresh.requestStart);
    expect(fresh.connectEnd).toBeGreaterThan(fresh.fetchStart);
    expect(reused).toMatchObject({ socketReused: true, connectEnd: reused.fetchStart });
  });

  it('joins cookies in header, keeps them apart in cookies, and names in their case', async () => {
    const [a, b] = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'];

    expect((await call({ url: '/cookies' }, { phone: 'ios' })).success).toMatchObject({
      header: { 'Set-Cookie': `${a},${b}`, 'X-MiXed': 'kept' },
      cookies: [a, b],
    });
    expect((await call({ url: '/cookies' }, { headerCase: 'lower' })).success?.header).toMatchObject({
      'set-cookie': `${a},${b}`,
      'x-mixed': 'kept',
    });
  });

  it('stores no cookies', async () => {
    const simulator = harness.phone();
    const get = (url: string) =>
      new Promise((complete) => void simulator.wx.request({ url: `https://api.example.com${url}`, complete }));
    await get('/cookies');
    await get('/after');

    expect(harness.server.seen.find(({ url }) => url === '/after')?.header).not.toHaveProperty('cookie');
  });

  it('hands chunks over as they come', async () => {
    const chunks: string[] = [];
    const { success } = await call({ url: '/chunks', enableChunked: true }, {}, (task) => {
      task.onChunkReceived(({ data }) => chunks.push(Buffer.from(data).toString()));
    });

    expect(chunks).toEqual(['one ', 'two ', 'three']);
    expect(success?.data).toBe('');
  });

  it('reuses connections', async () => {
    const simulator = harness.phone();
    const reused: boolean[] = [];
    for (let index = 0; index < 2; index++) {
      await new Promise((complete) => {
        simulator.wx.request({
          url: 'https://api.example.com/',
          success: ({ profile }) => reused.push(profile.socketReused),
          complete,
        });
      });
    }

    expect(reused).toEqual([false, true]);
  });

  it.each([
    ['/bad-gzip', -330, 'CONTENT_DECODING_FAILED'],
    ['/reset', -324, 'EMPTY_RESPONSE'],
    ['/torn', -355, 'INCOMPLETE_CHUNKED_ENCODING'],
  ])('fails on %s with %i', async (url, code, name) => {
    expect((await call({ url })).fail).toEqual(failure(`request:fail ${code}:net::ERR_${name}`, 600001));
  });

  it('fails on a name that does not resolve', async () => {
    const { fail } = await call(
      { url: 'https://no-such-host.invalid/' },
      { domains: { request: ['https://no-such-host.invalid'] }, lookup: undefined },
    );

    expect(fail).toEqual(failure('request:fail -105:net::ERR_NAME_NOT_RESOLVED', 600001));
  });

  it('fails on a closed port', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));

    const { fail } = await call({ url: '/' }, { lookup: () => ({ address: '127.0.0.1', port }) });
    expect(fail).toEqual(failure('request:fail -102:net::ERR_CONNECTION_REFUSED', 600001));
  });

  it('fails on an unknown authority, and on a certificate for another name', async () => {
    expect((await call({ url: '/' }, { ca: undefined })).fail).toEqual(
      failure('request:fail -202:net::ERR_CERT_AUTHORITY_INVALID', 600001),
    );

    const elsewhere = await startTestServer(() => ({}), { hosts: ['another.example.org'] });
    const { fail } = await call({ url: '/' }, { lookup: elsewhere.lookup, ca: elsewhere.ca });
    await elsewhere.stop();
    expect(fail).toEqual(failure('request:fail -200:net::ERR_CERT_COMMON_NAME_INVALID', 600001));
  });

  it('lets go, upon the abort or the deadline, of a server that never shakes hands, and of that call alone', async () => {
    // Something has to read, for the end to be seen.
    const silent = createServer((connection) => connection.resume()).listen(0, '127.0.0.1');
    const { port } = await once(silent, 'listening').then(() => silent.address() as AddressInfo);
    const phone = createSimulator({ urlCheck: false });
    const left: string[] = [];
    const url = `https://127.0.0.1:${port}/`;
    const filePath = `${phone.wx.env.USER_DATA_PATH}/file`;
    phone.wx.getFileSystemManager().writeFileSync(filePath, 'text');
    const upload = () => phone.wx.uploadFile({ url, filePath, name: 'file' });
    const connected = async (call: string, task: { abort(): void }) => {
      const [connection] = (await once(silent, 'connection')) as [Socket];
      const gone = once(connection, 'close').then(() => left.push(call));
      return { task, gone };
    };
    const stays = await connected('stays', phone.wx.request({ url }));
    const request = await connected('request', phone.wx.request({ url }));
    const uploaded = await connected('upload', upload());
    const late = await connected('late', phone.wx.request({ url, timeout: 50 }));
    // In the turn in which it was made.
    upload().abort();

    request.task.abort();
    uploaded.task.abort();
    await firstValueFrom(race(forkJoin([request.gone, uploaded.gone, late.gone]), timer(2_000)));
    const open = await promisify<number>((told) => silent.getConnections(told))();
    const leftBeforeClose = left.sort().join();
    await phone.close();

    expect({ open, leftBeforeClose }).toEqual({ open: 1, leftBeforeClose: 'late,request,upload' });
    await stays.gone;
    silent.close();
  });

  it('lets go, with close(), of a server that never shakes hands', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const phone = createSimulator({ urlCheck: false });
    phone.wx.request({ url: `https://127.0.0.1:${port}/` });
    const [connection] = (await once(silent, 'connection')) as [Socket];
    // Something has to read, for the end to be seen.
    const gone = once(connection.resume(), 'close');

    await phone.close();

    await gone;
    silent.close();
  });
});
