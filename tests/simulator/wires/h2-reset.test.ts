import { gzipSync } from 'node:zlib';
import { createSimulator, type Simulator } from '../../../src/simulator/create-simulator.js';
import { called, type Told } from '../../support/called.js';
import { failure } from '../../support/failure.js';
import { startRawH2Server, type StreamAnswer } from '../../support/raw-h2-server.js';
import { useHarness } from '../harness.js';

const API = { request: ['https://api.example.com'] };
const BROKEN = failure('request:fail -355:net::ERR_INCOMPLETE_CHUNKED_ENCODING', 600001);

function get({ wx }: Simulator, path = '/'): Promise<Told> {
  return called(wx.request, { url: `https://api.example.com${path}`, enableHttp2: true, dataType: 'text' });
}

async function told(answers: readonly StreamAnswer[]): Promise<Told[]> {
  const server = await startRawH2Server(answers);
  const phone = createSimulator({ domains: API, ca: server.ca, lookup: server.lookup });
  const all: Told[] = [];
  // One after the other, so that the answers go to streams of one connection in their order.
  while (all.length < answers.length) all.push(await get(phone));
  await phone.close();
  await server.stop();
  return all;
}

describe('an HTTP/2 stream', () => {
  it.each([0, 2, 8, 11])('that is reset in the middle of the body, code %i, is incomplete', async (resetBy) => {
    const [torn, packed, whole] = await told([
      { body: Buffer.from('first half;'), resetBy },
      // Complete as gzip; but the server has not said that it is the end.
      { body: gzipSync('text'), gzip: true, resetBy },
      { body: Buffer.from('text') },
    ]);

    expect(torn?.fail).toEqual(BROKEN);
    expect(packed?.fail).toEqual(BROKEN);
    expect(whole?.success).toMatchObject({ data: 'text', profile: { protocol: 'h2', socketReused: true } });
  });
});

describe('many HTTP/2 streams at once', () => {
  const { phone } = useHarness(({ url }) => ({ body: 'x'.repeat(Number(url.slice(1))) }));

  it('are whole when they ended, of whatever length', async () => {
    const lengths = Array.from({ length: 30 }, (_, index) => index * index * 997);
    const simulator = phone();
    const all = await Promise.all(lengths.map((length) => get(simulator, `/${length}`)));

    expect(all.map(({ success }) => (success?.data as string | undefined)?.length)).toEqual(lengths);
  });
});
