import { delay, of, throwError } from 'rxjs';
import type { RequestSuccess } from '../../src/simulator/apis/request-types.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { PHONE_NAMES, type PhoneName } from '../../src/simulator/phones.js';
import { NOT_BOUGHT } from '../../src/simulator/rules/http-dns.js';
import { scriptWire, type PlainAnswer } from '../../src/simulator/wires/script.js';
import { WireFailure, wireHeaders, type WireRequest } from '../../src/simulator/wires/wire.js';
import { marbles } from '../../src/testing/index.js';
import { API, at } from './phone.js';

/** What the calls of a test were told, and what the wire was asked for. */
interface Seen {
  readonly simulator: Simulator;
  readonly requests: WireRequest[];
  readonly told: Partial<RequestSuccess>[];
  readonly heard: object[];
  readonly failed: string[];
}

const ANSWERS: { readonly [path: string]: PlainAnswer } = {
  '/': { header: { 'X-Total-Count': '7' }, body: 'ok' },
  '/moved': { statusCode: 302, header: { Location: `${API}/` } },
};

const made: Simulator[] = [];
// An upload's file lies in a real folder.
afterEach(() => Promise.all(made.splice(0).map((simulator) => simulator.close())));

function onPhone(phone: PhoneName, options: SimulatorOptions = {}): Seen {
  const requests: WireRequest[] = [];
  const script = Object.fromEntries(
    Object.entries(ANSWERS).map(([path, answer]) => [
      `GET ${API}${path}`,
      (request: WireRequest) => {
        requests.push(request);
        return answer;
      },
    ]),
  );
  const simulator = createSimulator({
    phone,
    domains: { request: [API], uploadFile: [API] },
    wire: scriptWire({
      ...script,
      [`GET ${API}/slow`]: { afterMs: 80_000 },
      [`POST ${API}/`]: throwError(() => new WireFailure('reset')),
    }),
    ...options,
  });
  made.push(simulator);
  return { simulator, requests, told: [], heard: [], failed: [] };
}

function call(seen: Seen, path: string, option: object = {}): void {
  const task = seen.simulator.wx.request({
    url: `${API}${path}`,
    ...option,
    success: (result) => seen.told.push(result),
    fail: ({ errMsg }) => seen.failed.push(errMsg),
  });
  task.onHeadersReceived((result) => seen.heard.push(result));
}

/** How it is asked for, and the phones that are as it says; all others are not. */
type Difference = readonly [what: string, phones: readonly PhoneName[], is: (seen: Seen) => () => unknown];

const DIFFERENCES: readonly Difference[] = [
  [
    '[F1] speaks HTTP/2 without being asked',
    ['android'],
    (seen) => {
      call(seen, '/');
      return () => seen.requests[0]?.http2 === true;
    },
  ],
  [
    '[F1] hands header names over in lower case',
    ['android'],
    (seen) => {
      call(seen, '/');
      return () => seen.told[0]?.header?.['x-total-count'] === '7';
    },
  ],
  [
    '[F1] speaks HTTP/2 in a call that says useHighPerformanceMode',
    ['android'],
    (seen) => {
      call(seen, '/', { useHighPerformanceMode: true });
      return () => seen.requests[0]?.http2 === true;
    },
  ],
  [
    '[F1] has no HttpDNS, though it was bought',
    ['android'],
    (seen) => {
      call(seen, '/', { enableHttpDNS: true });
      return () => seen.told[0]?.useHttpDNS === false;
    },
  ],
  [
    '[F3] tells no status with the headers',
    ['devtools'],
    (seen) => {
      call(seen, '/');
      return () => seen.heard.length === 1 && !('statusCode' in (seen.heard[0] ?? {}));
    },
  ],
  [
    '[F5] has a profile',
    ['android', 'ios'],
    (seen) => {
      call(seen, '/');
      return () => 'profile' in (seen.told[0] ?? {});
    },
  ],
  [
    "[F7] words an upload's failure as NSURLSession does",
    ['ios'],
    (seen) => {
      const { wx } = seen.simulator;
      const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;
      wx.getFileSystemManager().writeFileSync(filePath, 'a', 'utf8');
      wx.uploadFile({ url: `${API}/`, filePath, name: 'a', fail: ({ errMsg }) => seen.failed.push(errMsg) });
      return () => seen.failed[0] === 'uploadFile:fail 未能完成操作。（kCFErrorDomainCFNetwork错误 -1005。）';
    },
  ],
  [
    "[F8] pays no heed to a call's timeout",
    ['mac'],
    (seen) => {
      call(seen, '/slow', { timeout: 5 });
      return () => seen.failed.length === 0;
    },
  ],
  ...[
    'onNetworkWeakChange',
    'offNetworkWeakChange',
    'offNetworkStatusChange',
    'createCacheManager',
    'getBackgroundFetchData',
    'onBackgroundFetchData',
    'setBackgroundFetchToken',
    'getBackgroundFetchToken',
    'onMemoryWarning',
    'offMemoryWarning',
  ].map((member): Difference => [
    `[F10] lacks wx.${member}`,
    ['harmony'],
    ({ simulator: { wx } }) =>
      () =>
        !Object.hasOwn(wx, member) && !wx.canIUse(member),
  ]),
  [
    "[F11] hands a redirect over with redirect: 'manual'",
    ['android', 'ios', 'devtools'],
    (seen) => {
      call(seen, '/moved', { redirect: 'manual' });
      return () => seen.told[0]?.statusCode === 302;
    },
  ],
  [
    '13.2 tells NaN for the status of a chunked answer',
    ['mac'],
    (seen) => {
      call(seen, '/', { enableChunked: true });
      return () => Number.isNaN(seen.told[0]?.statusCode);
    },
  ],
  [
    'fails what runs when the connection changes',
    ['ios'],
    (seen) => {
      call(seen, '/slow');
      seen.simulator.setNetwork('4g');
      return () => seen.failed[0]?.includes('network change') === true;
    },
  ],
  [
    'has no errno among its failures',
    ['devtools'],
    (seen) => {
      seen.simulator.wx.request({
        url: 'https://unlisted.example.org/',
        fail: (failure) => seen.failed.push(Object.keys(failure).join()),
      });
      return () => seen.failed[0]?.includes('errno') === false;
    },
  ],
  [
    'sends the Referer of the developer tools',
    ['devtools'],
    (seen) => {
      call(seen, '/');
      return () => seen.requests[0]?.header['Referer']?.includes('/devtools/') === true;
    },
  ],
];

describe('phones', () => {
  describe.each(DIFFERENCES)('%s', (_what, phones, ask) => {
    it.each(PHONE_NAMES)('on %s, or not', (phone) => {
      marbles(({ flush }) => {
        const seen = onPhone(phone, { httpDns: 'works' });
        let answer: unknown;
        const is = ask(seen);
        // Before the longest time that a call may take.
        at(1_000, () => (answer = is()));
        flush();

        expect(answer).toBe(phones.includes(phone));
      })();
    });
  });

  it.each<[PhoneName, string, string]>([
    ['android', 'android', '3.17.0'],
    ['ios', 'ios', '3.17.0'],
    ['harmony', 'ohos', '3.17.0'],
    ['windows', 'windows', '3.17.0'],
    ['mac', 'mac', '3.3.5'],
    ['devtools', 'devtools', '3.17.0'],
  ])('%s says that it is %s, with base library %s', (phone, platform, version) => {
    const { wx } = onPhone(phone).simulator;

    expect(wx.getDeviceInfo().platform).toBe(platform);
    expect(wx.getSystemInfoSync()).toMatchObject({ platform, SDKVersion: version });
    expect(wx.getAppBaseInfo().SDKVersion).toBe(version);
  });

  it.each<[SimulatorOptions, string]>([
    [{}, 'android'],
    [{ dialect: 'ios-old' }, 'ios'],
    [{ dialect: 'ios-cronet' }, 'ios'],
    [{ dialect: 'devtools' }, 'devtools'],
    [{ envVersion: 'devtools' }, 'devtools'],
    [{ dialect: 'ios-old', phone: 'windows' }, 'windows'],
  ])('%j is on %s', (options, platform) => {
    expect(createSimulator(options).wx.getDeviceInfo().platform).toBe(platform);
  });

  it(
    'lets each option of a phone be set',
    marbles(({ flush }) => {
      const seen = onPhone('mac', { tellsProfile: true, chunkedStatus: 'told', manualRedirect: 'honoured' });
      call(seen, '/moved', { redirect: 'manual', enableChunked: true });
      flush();

      expect(seen.told).toMatchObject([{ statusCode: 302, profile: { protocol: 'http1.1' } }]);
    }),
  );

  it('refuses to lack what wx does not have', () => {
    expect(() => onPhone('android', { missingMembers: ['offNetworkStatuschange'] })).toThrow(
      "createSimulator: missingMembers: wx has no 'offNetworkStatuschange'; it has ",
    );
    expect(() => createSimulator({ phone: 'nokia' as PhoneName })).toThrow(
      "phone: expected one of 'android', 'ios', 'harmony', 'windows', 'mac', 'devtools'; got nokia",
    );
  });
});

describe('the high-performance mode', () => {
  it(
    'speaks HTTP/1.1 with enableChunked, and where the call goes without the mode',
    marbles(({ flush }) => {
      const seen = onPhone('android');
      call(seen, '/', { enableChunked: true });
      call(seen, '/', { useHighPerformanceMode: false });
      flush();

      expect(seen.requests.map(({ http2 }) => http2)).toEqual([false, false]);
      expect(seen.told.map(({ profile }) => profile?.usingHighPerformanceMode)).toEqual([true, false]);
      expect(seen.told.map(({ header }) => header)).toEqual([{ 'X-Total-Count': '7' }, { 'X-Total-Count': '7' }]);
    }),
  );

  it(
    'leaves ten fields of the profile out',
    marbles(({ flush }) => {
      const [mode, plain] = (['android', 'ios'] as const).map((phone) => {
        const seen = onPhone(phone, { wire: () => of(wireHeaders(200, [], CONNECTION)).pipe(delay(30)) });
        call(seen, '/');
        return seen;
      });
      flush();

      const fields = ['estimate_nettype', 'rtt', 'httpRttEstimate', 'transportRttEstimate', 'peerIP', 'port'] as const;
      const told = (seen: Seen | undefined) => fields.map((field) => seen?.told[0]?.profile?.[field]);
      expect(told(mode)).toEqual([0, 0, 0, 0, '', 0]);
      expect(told(plain)).toEqual([5, 8, 8, 8, '10.0.0.1', 443]);
    }),
  );
});

describe('profile', () => {
  it(
    'tells the steps of a new connection one after the other, and of an old one at once',
    marbles(({ flush }) => {
      const profiles = [false, true].map((socketReused) => {
        const wire = () => of(wireHeaders(200, [], { ...CONNECTION, socketReused })).pipe(delay(30));
        const seen = onPhone('ios', { wire });
        call(seen, '/');
        return () => seen.told[0]?.profile;
      });
      flush();

      const [fresh, reused] = profiles.map((profile) => profile());
      expect(fresh).toMatchObject({
        fetchStart: 0,
        domainLookUpStart: 0,
        domainLookUpEnd: 5,
        connectStart: 5,
        SSLconnectionStart: 12,
        SSLconnectionEnd: 22,
        connectEnd: 22,
        requestStart: 22,
        responseStart: 30,
      });
      expect(reused).toMatchObject({ domainLookUpEnd: 0, connectEnd: 0, SSLconnectionEnd: 0, requestStart: 0 });
    }),
  );

  it(
    'is not there with enableProfile: false, and has times of HttpDNS only with HttpDNS',
    marbles(({ flush }) => {
      const seen = onPhone('ios', { httpDns: 'works' });
      call(seen, '/', { enableProfile: false });
      call(seen, '/');
      call(seen, '/', { enableHttpDNS: true });
      flush();

      expect(seen.told.map((told) => 'profile' in told)).toEqual([false, true, true]);
      expect(seen.told.map(({ profile }) => profile && 'httpDNSDomainLookUpStart' in profile)).toEqual([
        undefined,
        false,
        true,
      ]);
    }),
  );
});

describe('HttpDNS', () => {
  it(
    'says why it was not used, or fails without the fallback',
    marbles(({ flush }) => {
      const seen = onPhone('ios');
      call(seen, '/', { enableHttpDNS: true });
      call(seen, '/');
      call(seen, '/', { enableHttpDNS: true, enableHttpDNSFallback: false });
      flush();

      expect(seen.told.map(({ useHttpDNS, exception }) => ({ useHttpDNS, exception }))).toEqual([
        { useHttpDNS: false, exception: { retryCount: 0, reasons: [{ errMsg: NOT_BOUGHT, errno: '602101' }] } },
        { useHttpDNS: undefined, exception: { retryCount: 0, reasons: [] } },
      ]);
      expect(seen.failed).toEqual([`request:fail ${NOT_BOUGHT}`]);
    }),
  );
});

const CONNECTION = {
  protocol: 'h2',
  peerIP: '10.0.0.1',
  port: 443,
  socketReused: false,
  steps: { lookupMs: 5, tcpMs: 7.5, tlsMs: 10 },
} as const;
