import type { Refusal } from '../../src/platform/refusal.js';
import { ALL_WORDS } from '../../src/platform/peer-refusal-words.js';
import { refusalSentence } from '../../src/platform/refusal-words.js';
import { problemOfAddress, tcpRefusal, udpRefusal } from '../../src/platform/raw-socket-rules.js';

const DEVICE = { localip: '192.168.7.20', netmask: '255.255.255.0' };
const OWN = (address: string) => ({
  rule: 'LAN-1',
  detail: `${address} is the device's own address; use another of the local network, such as that of your computer`,
});
const told = (refusal: Refusal | undefined) =>
  refusal && { rule: refusal.rule, detail: refusalSentence(refusal, ALL_WORDS) };

describe('tcpRefusal', () => {
  const refusalOf = (address: string, port: number, listed?: readonly string[]) =>
    told(tcpRefusal({ address, port }, DEVICE, listed && new Set(listed)));

  it.each([1_024, 7_999, 8_101, 9_000, 65_535])('[TCP-1] lets port %d pass', (port) => {
    expect(refusalOf('192.168.7.1', port)).toBeUndefined();
  });

  it.each([
    1, 22, 1_023, 8_000, 8_100, 1099, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 3128, 3306, 3389, 3659, 4045, 5060,
    5061, 5432, 5984, 6000, 6379, 6566, 7001, 7002, 8443, 8888, 9200, 9300, 10051, 10080, 11211, 27017, 27018, 27019,
  ])('[TCP-1] refuses port %d', (port) => {
    expect(refusalOf('192.168.7.1', port)).toEqual({
      rule: 'TCP-1',
      detail: `the platform connects no TCP socket to port ${port}; let your server listen on another, such as 9000`,
    });
  });

  it.each(['192.168.7.20', '127.0.0.1', 'localhost', 'app.LOCALHOST'])(
    '[LAN-1] refuses the device itself: %s',
    (own) => {
      expect(refusalOf(own, 9_000, [`tcp://${own.toLowerCase()}`])).toEqual(OWN(own));
    },
  );

  it.each([
    [DEVICE, ' (192.168.7.20 / 255.255.255.0)'],
    [{ localip: '192.168.7.20' }, ' (192.168.7.20 / netmask unknown)'],
    [undefined, ''],
  ])('[TCP-1] refuses an address outside the subnet of %j', (device, shown) => {
    expect(told(tcpRefusal({ address: '8.8.8.8', port: 9_000 }, device, new Set()))).toEqual({
      rule: 'TCP-1',
      detail: `8.8.8.8 is an IP address outside the device's own subnet${shown}; use a configured domain`,
    });
  });

  it('[TCP-1] compares a name with the list, with its port or without', () => {
    const listed = ['tcp://tcp.example.com', 'tcp://port.example.com:9000'];

    expect(refusalOf('TCP.example.com', 9_001, listed)).toBeUndefined();
    expect(refusalOf('port.example.com', 9_000, listed)).toBeUndefined();
    expect(refusalOf('notlocalhost', 9_000)).toBeUndefined();
    expect(refusalOf('localhost.example.com', 9_000)).toBeUndefined();
    for (const [address, port] of [
      ['port.example.com', 9_001],
      ['example.com', 9_000],
    ] as const) {
      expect(refusalOf(address, port, listed)).toEqual({
        rule: 'TCP-1',
        detail: `tcp://${address}:${port} is not in the tcp domains; add tcp://${address}:${port} to the tcp domains (小程序后台 → 开发 → 开发设置 → 服务器域名)`,
      });
    }
  });
});

describe('[K9] an address of IPv6', () => {
  const ruleOf = (address: string, listed?: readonly string[]) =>
    tcpRefusal({ address, port: 9_000 }, DEVICE, listed && new Set(listed))?.rule;

  it.each(['::1', '::', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001'])(
    '[LAN-1] is the device itself: %s',
    (own) => {
      expect(ruleOf(own)).toBe('LAN-1');
      expect(udpRefusal({ address: own }, DEVICE)?.rule).toBe('LAN-1');
    },
  );

  it('[TCP-1] may be a neighbour, with a list and without; any other can be in no list', () => {
    for (const listed of [undefined, []]) {
      expect(
        ['fe80::1', 'fe80::1%en0', 'febf::2', 'fd12:3456::1', 'fc00::1'].map((address) => ruleOf(address, listed)),
      ).toEqual(Array.from({ length: 5 }, () => undefined));
      expect(['2001:db8::1', 'fec0::1', '::2', '1::'].map((address) => ruleOf(address, listed))).toEqual(
        Array.from({ length: 4 }, () => 'TCP-1'),
      );
    }
  });
});

describe('udpRefusal', () => {
  it('[UDP-1] lets any other address pass: where a datagram may go has changed with the base library', () => {
    expect(udpRefusal({ address: '8.8.8.8' }, DEVICE)).toBeUndefined();
  });

  it('[LAN-1] refuses the device itself', () => {
    expect(told(udpRefusal({ address: '192.168.7.20' }, DEVICE))).toEqual(OWN('192.168.7.20'));
  });
});

describe('problemOfAddress', () => {
  it.each([0, -1, 65_536, 1.5, NaN])('takes %d for no port', (port) => {
    expect(problemOfAddress({ address: '192.168.7.1', port })).toBe(
      `a port is a whole number from 1 to 65535; got ${port}`,
    );
  });

  it.each([1, 80, 65_535])('lets port %d pass', (port) => {
    expect(problemOfAddress({ address: '8.8.8.8', port })).toBeUndefined();
  });

  it.each([
    'http://192.168.1.9',
    '192.168.1.9:80',
    '192.168.1.9/',
    ' 192.168.1.9',
    'iot.example.com.',
    'a..b',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '192.168.1.256',
    '例子.com',
    '[::1]',
    '1'.repeat(100_000),
    ':'.repeat(100_000),
  ])('[K9.10] takes no %.30s for an address: the one message, or the one connection, is refused at once', (address) => {
    expect(problemOfAddress({ address, port: 9_000 })).toContain(`and nothing else`);
  });

  it.each([
    'iot.example.com',
    'my_printer.local',
    'intranet',
    'xn--fsqu00a.com',
    '224.0.0.251',
    '::1',
    'fe80::1%en0',
    'ff02::fb',
  ])('[K9.10] takes %s for an address', (address) => {
    expect(problemOfAddress({ address, port: 9_000 })).toBeUndefined();
  });

  it('shows a port that is text as text', () => {
    expect(problemOfAddress({ address: '8.8.8.8', port: '9' as never })).toContain("got '9'");
  });

  it('wants an address', () => {
    expect(problemOfAddress({ address: '', port: 9_000 })).toBe("address must be a name or an IP address; got ''");
  });
});
