import { lookup } from 'node:dns/promises';
import { isIpv4, lanRelation } from '../../platform/lan-address.js';
import { check, type Check } from './check.js';
import type { DoctorOptions, Server } from './server.js';

/** Finds the server; without an address there is nothing more to look at. */
export async function findServer(
  url: string,
  { lookup: resolved }: DoctorOptions,
): Promise<{ readonly server: Server | undefined; readonly checks: readonly Check[] }> {
  const { hostname, port: written, protocol } = new URL(url);
  const secure = protocol === 'https:' || protocol === 'wss:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const port = Number(written || (secure ? 443 : 80));
  const server = { url, host, port, secure };

  const override = resolved?.(host, port);
  if (override) {
    const { address, port: addressPort = port } = override;
    const what = `${host} → ${address}:${addressPort} (--resolve)`;
    return { server: { ...server, address, addressPort }, checks: [check('DNS', 'good', [what, what])] };
  }
  try {
    const found = await lookup(host, { all: true });
    const [first] = found;
    if (!first) throw Object.assign(new Error('no address'), { code: 'ENODATA' });
    const all = found.map(({ address }) => address);
    const address = all.find(isIpv4) ?? first.address;
    return { server: { ...server, address, addressPort: port }, checks: [addressCheck(host, all)] };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const bad = check(
      'DNS',
      'bad',
      [`${host} has no address (${code})`, `${host} 解析不到地址（${code}）`],
      ['every call fails with ERR_NAME_NOT_RESOLVED', '所有请求都会以 ERR_NAME_NOT_RESOLVED 失败'],
      ['look at the name, and at its records at your DNS provider', '请检查域名拼写和 DNS 解析记录'],
    );
    return { server: undefined, checks: [bad] };
  }
}

function addressCheck(host: string, addresses: readonly string[]): Check {
  const what = `${host} → ${addresses.slice(0, 4).join(', ')}${addresses.length > 4 ? ' …' : ''}`;
  const here = addresses.filter(isIpv4);
  if (here.length === 0) {
    return check(
      'DNS',
      'warning',
      [`${what}: IPv6 only`, `${what}：只有 IPv6`],
      ['many networks of phones have no IPv6', '很多手机网络没有 IPv6'],
      ['add an A record', '请添加 A 记录'],
    );
  }
  if (!isIpv4(host) && here.every((address) => lanRelation(address, undefined) !== 'elsewhere')) {
    return check(
      'DNS',
      'warning',
      [`${what}: an address on a local network`, `${what}：是局域网地址`],
      ['phones elsewhere cannot reach it', '其他网络的手机无法访问'],
      ['let the public name point to a public address', '请把域名解析到公网地址'],
    );
  }
  return check('DNS', 'good', [what, what]);
}
