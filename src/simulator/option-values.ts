import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { isIpv4 } from '../platform/lan-address.js';
import { isDuration } from './option-rule.js';

/** Whether it can hold options. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a list of nothing but such members. */
export function isListOf(isMember: (member: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(isMember);
}

/** An IPv4 address. */
export function isAddress(value: unknown): boolean {
  return typeof value === 'string' && isIpv4(value);
}

/** A device's own address, perhaps with its netmask. */
export function isDevice(value: unknown): boolean {
  if (!isOptions(value)) return false;
  const { localip, netmask } = value;
  return isAddress(localip) && (netmask === undefined || isAddress(netmask));
}

/** What `wx.startLocalServiceDiscovery` can find. */
export function isLocalService(value: unknown): boolean {
  if (!isOptions(value)) return false;
  const { serviceType, serviceName, ip, port } = value;
  return [serviceType, serviceName, ip].every((text) => typeof text === 'string') && typeof port === 'number';
}

/** Milliseconds under some of these names. */
export function hasDurations(names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    isOptions(value) &&
    Object.entries(value).every(([name, ms]) => names.includes(name) && (ms === undefined || isDuration(ms)));
}

/** Text under each of these names. */
export function hasTexts(...names: readonly string[]): (value: unknown) => boolean {
  return (value) => isOptions(value) && names.every((name) => typeof value[name] === 'string');
}

/** The clock of RxJS. */
export function isScheduler(value: unknown): boolean {
  return isOptions(value) && typeof value['schedule'] === 'function' && typeof value['now'] === 'function';
}

/** Something to call, or addresses by host. */
export function isLookup(value: unknown): boolean {
  const isMap =
    typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
  return isFunction(value) || isMap;
}

/** Something to call. */
export function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** The path of a folder that is there. */
export function isFolder(value: unknown): boolean {
  try {
    return typeof value === 'string' && statSync(value).isDirectory();
  } catch {
    return false;
  }
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** One text with certificates in PEM, or several. */
export function isCertificates(value: unknown): boolean {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.every((text) => {
    const found = typeof text === 'string' ? text.match(PEM) : null;
    return found !== null && found.every(isCertificate);
  });
}

// Node would leave out what it cannot read, and then trust nobody.
function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
