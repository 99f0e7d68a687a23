import { setTimeout as sleep } from 'node:timers/promises';
import { runBytes } from '../../examples/bytes/scenario.js';
import { runChat } from '../../examples/chat/scenario.js';
import { runErrands } from '../../examples/errands/scenario.js';
import { runScenario } from '../../examples/forty-requests/scenario.js';
import { PHONE_NAMES, type PhoneName } from '../../src/simulator/phones.js';

// `npm start` by itself is the Android phone, and has tests of its own.
const OTHERS = PHONE_NAMES.filter((phone) => phone !== 'android');

const onStep = () => {};
/** The acts of `npm start`, the longest first, and what each comes to whatever the phone. */
const ACTS: readonly (readonly [name: string, run: (phone: PhoneName) => Promise<object>, expected: object])[] = [
  [
    '[LIM-2][BG-1][BG-2] forty requests',
    async (phone) => (await runScenario({ phone, onStep })).summary,
    {
      requests: 40,
      interrupted: 5,
      replayed: 4,
      decoded: 34,
      charsets: { 'utf-8': 33, gbk: 1 },
      statuses: { 200: 32, 404: 1, 500: 1 },
      reachedWhileSuspended: 0,
      errors: { 'domain-not-allowed': 5, interrupted: 1 },
    },
  ],
  [
    '[LIM-3][BG-1] a chat room',
    (phone) => runChat({ phone, onStep }),
    { sockets: { opened: 3, maxOpen: 1, reconnects: 2, lost: 0, doubled: 0 }, lamp: { echo: 'hello' } },
  ],
  [
    '[BG-1] errands in a tunnel',
    (phone) => runErrands({ phone, onStep }),
    { outbox: { put: 9, lost: 0, doubled: 0 }, logins: 2, retries: 3, inOrder: true },
  ],
  [
    '[ENC-1] files and an answer that breaks',
    (phone) => runBytes({ phone, onStep }),
    { uploaded: 12_000_000, downloaded: 8_000_000, events: 40, whole: true },
  ],
];

describe('npm start -- --phone', () => {
  const finished = new Map<string, object>();

  // All at once, since each waits more than it works; but begun one by one, or their servers' keys would hold all of them up.
  beforeAll(async () => {
    const running: Promise<unknown>[] = [];
    for (const [name, run] of ACTS) {
      for (const phone of OTHERS) {
        running.push(run(phone).then((result) => finished.set(`${phone} ${name}`, result)));
        await sleep(250);
      }
    }
    await Promise.all(running);
  }, 90_000);

  describe.each(OTHERS)('%s', (phone) => {
    it.each(ACTS)('%s', (name, _run, expected) => {
      const result = finished.get(`${phone} ${name}`);

      expect(result).toMatchObject(expected);
      // On a machine that is busy fewer may meet at the server.
      if (result && 'maxInFlight' in result) expect(result.maxInFlight).toBeLessThanOrEqual(10);
    });
  });
});
