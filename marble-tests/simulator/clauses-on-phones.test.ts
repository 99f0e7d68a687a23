import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSimulator, type SimulatedWx, type Simulator } from '../../src/simulator/create-simulator.js';
import type { RequestOption } from '../../src/simulator/apis/request-types.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { PHONE_NAMES, PHONES, type PhoneName } from '../../src/simulator/phones.js';
import { scriptWire, type PlainAnswer } from '../../src/simulator/wires/script.js';
import type { WireRequest } from '../../src/simulator/wires/wire.js';
import { marbles } from '../../src/testing/index.js';
import { PEERS } from './apis/udp-peers.js';
import { API, at } from './phone.js';

const LIVE = 'wss://api.example.com/live';
const EF_BB_BF = [0xef, 0xbb, 0xbf];

const ANSWERS: { readonly [path: string]: PlainAnswer } = {
  '/': { body: 'ok' },
  '/missing': { statusCode: 404, body: 'no' },
  '/slow': { afterMs: 90_000, body: 'late' },
  '/gbk': { header: { 'content-type': 'text/plain; charset=gbk' }, body: Uint8Array.from([0xc4, 0xe3]) },
  '/bom': { body: Uint8Array.from([...EF_BB_BF, ...EF_BB_BF, 0x61]) },
};

/** A phone, what its app was told, and by which clause the simulator refused or ended something. */
interface Seen {
  readonly simulator: Simulator;
  readonly wx: SimulatedWx;
  readonly told: string[];
  readonly rules: unknown[];
  readonly requests: WireRequest[];
}

function onPhone(phone: PhoneName, options: SimulatorOptions = {}): Seen {
  const requests: WireRequest[] = [];
  const script = Object.entries({ ...ANSWERS, '192.168.1.7': { body: 'printer' } }).map(([path, answer]) => [
    path.startsWith('/') ? `GET ${API}${path}` : `GET http://${path}/`,
    (request: WireRequest) => {
      requests.push(request);
      return answer;
    },
  ]);
  const simulator = createSimulator({
    phone,
    domains: { request: [API], socket: [LIVE.slice(0, -5)], tcp: ['tcp://iot.example.com:9000'] },
    wire: scriptWire(Object.fromEntries(script) as { [route: string]: PlainAnswer }, {
      ...PEERS,
      sockets: { [LIVE]: {} },
    }),
    ...options,
  });
  const seen: Seen = { simulator, wx: simulator.wx, told: [], rules: [], requests };
  simulator.events$.subscribe((event) => {
    // A refusal is told twice; its end follows at once.
    if ((event.type === 'refused' || event.type === 'settled') && event.rule !== undefined) {
      if (seen.rules.at(-1) !== event.rule) seen.rules.push(event.rule);
    }
  });
  return seen;
}

function call({ wx, told }: Seen, url: string, option: Partial<RequestOption> = {}) {
  return wx.request({
    url: url.startsWith('/') ? `${API}${url}` : url,
    ...option,
    success: ({ statusCode, data }) => told.push(`${statusCode} ${String(data as string)}`),
    fail: () => told.push('fail'),
  });
}

/** What each clause is seen by; the same on every phone. `rules` and `told` of the end are looked at. */
const CLAUSES: readonly (readonly [
  title: string,
  live: (seen: Seen) => void,
  expected: { readonly rules?: readonly string[]; readonly told?: readonly string[] },
  options?: SimulatorOptions,
])[] = [
  ['[DOM-1] refuses an unlisted host', (seen) => call(seen, 'https://else.example.org/'), { rules: ['DOM-1'] }],
  ['[DOM-2] refuses http', (seen) => call(seen, 'http://api.example.com/'), { rules: ['DOM-2'] }],
  ['[DOM-3] refuses an IP address', (seen) => call(seen, 'https://8.8.8.8/'), { rules: ['DOM-3'] }],
  [
    '[DOM-4] refuses another port than the listed one',
    (seen) => call(seen, `${API}:9000/`),
    { rules: ['DOM-4'] },
    { domains: { request: [`${API}:8443`] } },
  ],
  ['[DOM-5] refuses :443 where no port is listed', (seen) => call(seen, `${API}:443/`), { rules: ['DOM-5'] }],
  ['[DOM-7] refuses api.weixin.qq.com', (seen) => call(seen, 'https://api.weixin.qq.com/'), { rules: ['DOM-7'] }],
  ['[DOM-8] refuses a subdomain', (seen) => call(seen, 'https://a.api.example.com/'), { rules: ['DOM-8'] }],
  [
    '[LAN-1] reaches a neighbour, and not itself',
    (seen) => {
      call(seen, 'http://192.168.1.7/');
      call(seen, 'http://192.168.1.100/');
    },
    { rules: ['LAN-1'], told: ['200 printer', 'fail'] },
  ],
  [
    '[UDP-1] sends no datagram out of the local network',
    ({ wx }) => {
      const socket = wx.createUDPSocket();
      socket.bind();
      socket.send({ address: '8.8.8.8', port: 9000, message: 'x' });
    },
    { rules: ['UDP-1'] },
  ],
  [
    '[TCP-1] connects to no unlisted host',
    ({ wx }) => wx.createTCPSocket().connect({ address: 'other.example.com', port: 9000 }),
    { rules: ['TCP-1'] },
  ],
  [
    '[TIME-1] waits 60 s and no longer',
    (seen) => {
      call(seen, '/slow');
      call(seen, '/slow', { timeout: 80_000 });
      at(59_999, () => seen.told.push('59 999'));
      at(60_002, () => seen.told.push('60 002'));
    },
    { told: ['59 999', 'fail', 'fail', '60 002'] },
  ],
  [
    '[TIME-2] waits as long as networkTimeout says',
    (seen) => {
      call(seen, '/slow');
      at(5_002, () => seen.told.push('5 002'));
    },
    { told: ['fail', '5 002'] },
    { networkTimeout: { request: 5_000 } },
  ],
  [
    '[LIM-1] sends its own Referer',
    (seen) => {
      call(seen, '/', { header: { Referer: 'https://mine.example.com/' } });
      at(1, () => seen.told.push(String(seen.requests[0]?.header['Referer']?.split('/').slice(0, 4).join('/'))));
    },
    { told: ['200 ok', 'https://servicewechat.com/wx0123456789abcdef'] },
  ],
  [
    '[LIM-2] runs ten at once',
    (seen) => {
      for (let made = 0; made < 11; made++) call(seen, '/slow');
      at(1, () => seen.told.push(`${seen.requests.length} run`));
    },
    { told: ['10 run', ...Array<string>(11).fill('fail')] },
  ],
  [
    '[LIM-3] opens five sockets',
    ({ wx, told }) => {
      for (let made = 0; made < 6; made++) wx.connectSocket({ url: LIVE, fail: () => told.push('fail') });
    },
    { rules: ['LIM-3'], told: ['fail'] },
  ],
  [
    '[BG-1] cuts what runs after five seconds away',
    (seen) => {
      call(seen, '/slow');
      seen.simulator.enterBackground();
      at(4_999, () => seen.told.push('4 999'));
    },
    { rules: ['BG-1'], told: ['4 999', 'fail'] },
  ],
  [
    '[BG-2] takes no call while away',
    (seen) => {
      seen.simulator.enterBackground();
      call(seen, '/');
    },
    { rules: ['BG-2'], told: ['fail'] },
  ],
  ['[ENC-1] makes UTF-8 of what is not', (seen) => call(seen, '/gbk'), { told: ['200 \ufffd\ufffd'] }],
  ['[ENC-2] strips one byte order mark', (seen) => call(seen, '/bom'), { told: ['200 \ufeffa'] }],
  ['[CB-1] calls every status a success', (seen) => call(seen, '/missing'), { told: ['404 no'] }],
];

describe.each(CLAUSES.map((clause) => [clause[0], clause] as const))(
  '%s',
  (_title, [, live, { rules, told }, options]) => {
    it.each(PHONE_NAMES)('on %s', (phone) => {
      marbles(({ flush }) => {
        const seen = onPhone(phone, options);
        live(seen);
        flush();

        if (rules) expect(seen.rules).toEqual(rules);
        if (told) expect(seen.told).toEqual(told);
      })();
    });
  },
);

describe('what a phone is', () => {
  /** The options in which phones differ: each has a test that fails on the others, in phones.test.ts, by this name. */
  const SHOWN_BY: Readonly<Record<string, string>> = {
    highPerformanceMode: '[F1]',
    headersStatus: '[F3]',
    tellsProfile: '[F5]',
    callTimeout: '[F8]',
    missingMembers: '[F10]',
    manualRedirect: '[F11]',
    chunkedStatus: '13.2',
    networkSwitch: 'fails what runs',
    dialect: 'has no errno among its failures',
    envVersion: 'sends the Referer',
    baseLibrary: 'says that it is',
  };

  it('has no difference without a test of its own', () => {
    const differs = new Set(PHONE_NAMES.flatMap((phone) => Object.keys(PHONES[phone])));

    expect([...differs].sort()).toEqual(Object.keys(SHOWN_BY).sort());
    const titles = readFileSync(join(__dirname, 'phones.test.ts'), 'utf8');
    expect(Object.values(SHOWN_BY).filter((title) => !titles.includes(title))).toEqual([]);
  });
});
