import fc from 'fast-check';
import { findingOfEntry } from '../../src/cli/lint/entry-problem.js';
import { refusalFix } from '../../src/cli/refusal-text.js';
import { createNetwork } from '../../src/network/create-network.js';
import { internalsOf } from '../../src/network/internals.js';
import { refuseUnlisted } from '../../src/network/refuse-unlisted.js';
import { refuseSocketUrl } from '../../src/network/sockets/refuse-socket-url.js';
import type { DomainApi } from '../../src/platform/domain-apis.js';
import { compileDomains, type DomainLists } from '../../src/platform/domain-lists.js';
import type { DeviceAddress } from '../../src/platform/lan-address.js';
import { isNetworkError } from '../../src/platform/network-error.js';
import { portRefusal, problemOfAddress, tcpRefusal, udpRefusal } from '../../src/platform/raw-socket-rules.js';
import type { Refusal } from '../../src/platform/refusal.js';
import { admissionFailure } from '../../src/simulator/rules/admission.js';
import { refusalOf } from '../../src/simulator/rules/failure.js';
import { peerRefusal } from '../../src/simulator/rules/peer-admission.js';
import { settingsOf } from '../../src/simulator/settings.js';
import type { WxPort } from '../../src/platform/wx.js';
import { VECTOR_DEVICE, VECTOR_LISTS } from '../../tests/support/domain-vectors.js';

// More of them by an environment variable.
const RUNS = Number(process.env.HISTORIES ?? 300);
const wx = { request: () => undefined } as unknown as WxPort;

const host = fc.constantFrom(
  ...['api.example.com', 'API.example.com', 'shop.example.com', 'img.api.example.com', 'example.org', 'up.example.com'],
  ...['push.example.com', 'game.example.com', 'intranet', 'api.weixin.qq.com', 'localhost', 'a.localhost', 'a_b.com'],
  ...['127.0.0.1', '192.168.7.20', '192.168.7.21', '192.168.8.1', '8.8.8.8', '0.0.0.0', '127.1', '例子.com', 'com.cn'],
  ...['192.168.7.255', '255.255.255.255'],
);
const url = fc
  .tuple(
    fc.constantFrom('https://', 'https://', 'wss://', 'http://', 'ws://', 'HTTPS://', 'tcp://'),
    host,
    fc.constantFrom('', '', ':443', ':8080', ':9443'),
    fc.constantFrom('/', '/v1', '', '?a', '/ b', '@evil.example/'),
  )
  .map((parts) => parts.join(''));

describe('the network and the simulator refuse alike', () => {
  it('[K8.1] [K8.2] one URL after the other, whatever was allowed before', () => {
    let refused = 0;
    const call = fc.tuple(fc.constantFrom<DomainApi>('request', 'uploadFile', 'downloadFile', 'socket'), url);
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 12 }), fc.constantFrom('listed', 'any'), (calls, ports) => {
        const options = { domains: VECTOR_LISTS as DomainLists, wssPorts: ports as 'any' };
        const network = internalsOf(createNetwork({ wx, device: () => VECTOR_DEVICE, ...options }));
        const settings = settingsOf({ ...options, device: VECTOR_DEVICE });
        for (const [api, at] of calls) {
          const thrown = refusalBy(() =>
            api === 'socket' ? refuseSocketUrl(network, at) : refuseUnlisted(network, api, at),
          );
          const failure = admissionFailure(api, at, settings, VECTOR_DEVICE);
          expect([at, failure && refusalOf(failure)]).toEqual([at, thrown]);
          if (thrown) refused++;
        }
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeGreaterThan(RUNS);
  });

  it('[K8.2] [TCP-1] [UDP-1] a peer; and the entry that is to be added, every list takes', () => {
    const listed = fc.array(fc.constantFrom('api.example.com', 'shop.example.com:9000', 'push.example.com:443'));
    const port = fc.constantFrom(9_000, 9_001, 443, 80, 8_080, 65_535);
    fc.assert(
      fc.property(fc.constantFrom('tcp', 'udp'), host, port, listed, (api, address, number, entries) => {
        const to = { address, port: number };
        if (problemOfAddress(to) !== undefined) return;
        const asked = (list: readonly string[]) => {
          const settings = settingsOf({ domains: { [api]: list }, device: VECTOR_DEVICE, udpReach: 'anywhere' });
          const byPort = api === 'tcp' ? portRefusal(number) : undefined;
          const simulated = byPort ?? peerRefusal(api, address, number, settings, VECTOR_DEVICE);
          const of = compileDomains({ [api]: list }).of(api);
          const library = api === 'tcp' ? tcpRefusal(to, VECTOR_DEVICE, of) : udpRefusal(to, VECTOR_DEVICE);
          expect([to, simulated]).toEqual([to, library]);
          return library;
        };
        const list = entries.map((entry) => `${api}://${entry}`);
        const refusal = asked(list);
        if (!refusal) return;
        if (refusal.add) {
          expect(asked([...list, refusal.add.entry])).toBeUndefined();
          const fix = refusalFix(refusal)?.en ?? '';
          const taken = findingOfEntry(api, refusal.add.entry)?.severity !== 'error';
          expect([fix, fix.includes(`add ${refusal.add.entry} `)]).toEqual([fix, taken]);
        } else {
          // What no entry would help has other advice, or says why there is none.
          expect([refusal.problem, refusalFix(refusal) !== undefined]).toEqual([
            refusal.problem,
            refusal.problem !== 'one-label' && refusal.problem !== 'not-listed',
          ]);
        }
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it('[K8.2] [DOM-7] [TCP-1] a host that can be in no list, for that', () => {
    const asked = (address: string) => tcpRefusal({ address, port: 9_000 }, VECTOR_DEVICE, new Set());

    expect(asked('API.weixin.qq.com')).toMatchObject({ rule: 'DOM-7', problem: 'forbidden-host' });
    expect(asked('printer')).toMatchObject({ rule: 'DOM-1', problem: 'one-label' });
    expect(tcpRefusal({ address: 'printer', port: 9_000 }, VECTOR_DEVICE, undefined)).toBeUndefined();
  });

  it('[K8.2] [TCP-1] everybody on the subnet, where the netmask is known', () => {
    const asked = (device?: DeviceAddress) => tcpRefusal({ address: '192.168.7.255', port: 9_000 }, device, undefined);

    expect(asked(VECTOR_DEVICE)).toMatchObject({ rule: 'TCP-1', problem: 'broadcast' });
    expect(asked({ localip: '192.168.7.20' })).toBeUndefined();
    expect(asked()).toBeUndefined();
  });

  it.each([
    ['tcp', 'tcp://iot.example.com:443', 'TCP-1', 'the platform connects no TCP socket to port 443'],
    ['tcp', 'tcp://iot.example.com:8080', 'TCP-1', 'the platform connects no TCP socket to port 8080'],
    ['tcp', 'tcp://iot.example.com:9000', undefined, undefined],
    ['udp', 'udp://iot.example.com:443', undefined, undefined],
    ['socket', 'wss://push.example.com:443', 'DOM-4', 'it allows only URLs that write :443, which few do'],
  ] as const)('[K8.2] [TCP-1] the port of an entry: %s %s', (list, entry, rule, what) => {
    const finding = findingOfEntry(list, entry);

    expect(finding?.rule).toBe(rule);
    expect(finding?.what.en).toBe(what);
    expect(finding?.severity).toBe(rule && 'warning');
  });
});

function refusalBy(call: () => void): Refusal | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (isNetworkError(error)) return error.refusal;
    throw error;
  }
}
