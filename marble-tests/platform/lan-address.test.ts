import { isIPv4 as nodeIsIpv4 } from 'node:net';
import fc from 'fast-check';
import { isIpv4, lanRelation } from '../../src/platform/lan-address.js';

const octet = fc.integer({ min: 0, max: 255 });
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

describe('isIpv4', () => {
  it.each(['0.0.0.0', '1.2.3.4', '10.20.30.40', '99.100.199.200', '249.250.255.255'])('[DOM-3] knows %s', (host) => {
    expect(isIpv4(host)).toBe(true);
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1.2.3.4.',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.300',
    '01.2.3.4',
    '1.2.3.04',
  ])('[DOM-3] does not take %j for one', (host) => {
    expect(isIpv4(host)).toBe(false);
  });

  it.each(['1.2.3.4\n', ' 1.2.3.4', '1.2.3.-4', '0x1.2.3.4', '1..2.3', '１.2.3.4', 'a.b.c.d'])(
    '[DOM-3] does not take %j for one, either',
    (host) => {
      expect(isIpv4(host)).toBe(false);
    },
  );

  it("[DOM-3] agrees with Node's opinion", () => {
    const nearly = fc.array(fc.constantFrom(...'0123456789..', '25', '192', '255', '256', '.'), { maxLength: 12 });

    fc.assert(
      fc.property(
        fc.oneof(
          address,
          nearly.map((pieces) => pieces.join('')),
        ),
        (host) => {
          expect(isIpv4(host)).toBe(nodeIsIpv4(host));
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('lanRelation', () => {
  const HOME = { localip: '192.168.7.20', netmask: '255.255.255.0' };

  it.each(['2g', '3g', '4g', '5g'] as const)('[LAN-1] knows no neighbours on %s', (networkType) => {
    const carrier = { localip: '10.64.12.7', netmask: '255.0.0.0', networkType };

    expect(lanRelation('10.64.12.8', carrier)).toBe('elsewhere');
    expect(lanRelation('192.168.1.7', { localip: '10.64.12.7', networkType })).toBe('elsewhere');
    expect(lanRelation('10.64.12.7', carrier)).toBe('own');
  });

  it.each(['wifi', 'unknown', 'none', undefined] as const)('[LAN-1] knows them on %s', (networkType) => {
    expect(lanRelation('192.168.7.21', { ...HOME, networkType })).toBe('same-subnet');
  });

  it.each([
    ['192.168.7.20', 'own'],
    ['127.0.0.1', 'own'],
    ['127.255.255.255', 'own'],
    ['0.0.0.0', 'own'],
    ['192.168.7.1', 'same-subnet'],
    ['192.168.7.254', 'same-subnet'],
    ['192.168.6.20', 'elsewhere'],
    ['192.168.8.20', 'elsewhere'],
    ['10.0.0.1', 'elsewhere'],
    ['8.8.8.8', 'elsewhere'],
  ])('[LAN-1] sees %s as %s from 192.168.7.20/24', (host, relation) => {
    expect(lanRelation(host, HOME)).toBe(relation);
  });

  it.each([
    ['10.0.3.7', '255.255.0.0', 'elsewhere'],
    ['10.18.255.1', '255.255.0.0', 'same-subnet'],
    ['10.0.3.7', '255.0.0.0', 'same-subnet'],
    ['10.18.0.130', '255.255.255.128', 'elsewhere'],
    ['10.18.0.126', '255.255.255.128', 'same-subnet'],
    ['11.1.1.1', '254.0.0.0', 'same-subnet'],
    ['12.1.1.1', '254.0.0.0', 'elsewhere'],
    ['10.18.0.5', '255.255.255.255', 'elsewhere'],
  ])('[LAN-1] asks the netmask, not the kind of address: %s through %s is %s', (host, netmask, relation) => {
    expect(lanRelation(host, { localip: '10.18.0.4', netmask })).toBe(relation);
  });

  it('[LAN-1] counts the upper half of the address space in its subnet too', () => {
    expect(lanRelation('203.0.113.9', { localip: '203.0.113.8', netmask: '255.255.255.0' })).toBe('same-subnet');
  });

  it.each([
    ['10.0.0.1', 'unknown'],
    ['172.16.0.1', 'unknown'],
    ['172.31.255.255', 'unknown'],
    ['192.168.0.1', 'unknown'],
    ['169.254.1.1', 'unknown'],
    ['172.20.0.1', 'unknown'],
    ['8.10.0.1', 'elsewhere'],
    ['172.15.255.255', 'elsewhere'],
    ['172.32.0.0', 'elsewhere'],
    ['192.169.0.1', 'elsewhere'],
    ['100.1.2.3', 'elsewhere'],
    ['8.8.8.8', 'elsewhere'],
    ['127.0.0.1', 'own'],
    ['0.0.0.0', 'own'],
  ])('[LAN-1] takes %s for %s while the device is not known', (host, relation) => {
    expect(lanRelation(host, undefined)).toBe(relation);
  });

  it.each([
    undefined,
    '',
    'garbage',
    '0.0.0.0',
    '255.0.255.0',
    '255.255.255.1',
    '0.255.255.255',
    '255.255.255',
    '255.255.255.00',
  ])('[LAN-1] leaves private addresses to the platform while the netmask is %j', (netmask) => {
    const device = { localip: '192.168.7.20', netmask };

    expect(lanRelation('192.168.7.21', device)).toBe('unknown');
    expect(lanRelation('8.8.8.8', device)).toBe('elsewhere');
    expect(lanRelation('192.168.7.20', device)).toBe('own');
  });

  it('[LAN-1] leaves private addresses to the platform while the own address is not IPv4', () => {
    expect(lanRelation('192.168.7.21', { localip: 'fe80::1', netmask: '255.255.255.0' })).toBe('unknown');
  });

  it.each([
    ['127.0.0.5', 'own'],
    ['127.0.0.1', 'same-subnet'],
    ['192.168.7.1', 'elsewhere'],
    ['0.0.0.0', 'own'],
  ])('[LAN-1] lets a simulator live on the loopback: %s is %s from 127.0.0.5/8', (host, relation) => {
    expect(lanRelation(host, { localip: '127.0.0.5', netmask: '255.0.0.0' })).toBe(relation);
  });

  it('[LAN-1] keeps the loopback for itself while the device has no address yet', () => {
    expect(lanRelation('127.0.0.1', { localip: '0.0.0.0', netmask: '0.0.0.0' })).toBe('own');
  });

  it('[LAN-1] never takes the own address for anything else', () => {
    fc.assert(
      fc.property(address, fc.option(address, { nil: undefined }), (localip, netmask) => {
        expect(lanRelation(localip, { localip, netmask })).toBe('own');
      }),
    );
  });
});
