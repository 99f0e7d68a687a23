import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import type { createSimulator } from '../../src/simulator/index.js';
import { called } from '../support/called.js';
import { failure } from '../support/failure.js';
import { startRawH2Server } from '../support/raw-h2-server.js';
import { entries, packed } from './support/packed.js';

// It may be the first that needs the package, and then it builds it.
jest.setTimeout(180_000);

describe('the packed simulator, with undici inside', () => {
  it('tells a torn HTTP/2 stream from a whole one, for which it looks into undici', async () => {
    const { cjs } = entries().find(({ subpath }) => subpath === './simulator')!;
    const simulator = jest.requireActual<{ readonly createSimulator: typeof createSimulator }>(
      join(packed().folder, cjs),
    );
    const server = await startRawH2Server([
      { body: gzipSync('text'), gzip: true, resetBy: 8 },
      { body: Buffer.from('text') },
    ]);
    const phone = simulator.createSimulator({
      domains: { request: ['https://api.example.com'] },
      ca: server.ca,
      lookup: server.lookup,
    });
    const get = () =>
      called(phone.wx.request, { url: 'https://api.example.com/', enableHttp2: true, dataType: 'text' });
    const [torn, whole] = [await get(), await get()];
    await phone.close();
    await server.stop();

    expect(torn.fail).toEqual(failure('request:fail -355:net::ERR_INCOMPLETE_CHUNKED_ENCODING', 600001));
    expect(whole.success).toMatchObject({ data: 'text', profile: { protocol: 'h2', socketReused: true } });
  });
});
