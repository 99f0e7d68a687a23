import * as v from 'valibot';
import type { Finding } from '../finding.js';
import { SCHEME_OF, type DomainListName } from '../../platform/domain-apis.js';
import { DOMAIN_LIST_NAMES } from './domain-list-name.js';
import type { Located, ValuePath } from './located.js';
import { parsedObject } from './schema-issues.js';

/** An entry as somebody wrote it, and where. */
export interface Entry {
  readonly text: string;
  readonly path: ValuePath;
}

/** The lists as they were written. One that is missing allows nothing. */
export type WrittenLists = { readonly [Name in DomainListName]?: readonly Entry[] };

/** The names in the answers of `modify_domain` and `getwxadevinfo` (discoveries/domain-lists.md). */
const PLATFORM_NAMES: { readonly [Name in DomainListName]: string } = {
  request: 'requestdomain',
  uploadFile: 'uploaddomain',
  downloadFile: 'downloaddomain',
  socket: 'wsrequestdomain',
  udp: 'udpdomain',
  tcp: 'tcpdomain',
};

const list = v.optional(v.union([v.array(v.string()), v.string()]));
const ours = v.strictObject(Object.fromEntries(DOMAIN_LIST_NAMES.map((name) => [name, list])));
// What else such an answer holds (errcode, bizdomain, invalid_requestdomain …) is of no matter here.
const platforms = v.looseObject(Object.fromEntries(Object.values(PLATFORM_NAMES).map((name) => [name, list])));

/** Whether a value is an answer of the platform, or a part of one. */
export function isPlatformAnswer(value: unknown): boolean {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return Object.values(PLATFORM_NAMES).some((name) => names.includes(name));
}

/**
 * Reads the lists in each of the shapes in which people have them: ours, the six arrays of the platform's answers, and
 * the semicolon string of third-party platforms, whose bare hosts stand for all lists that have names of hosts.
 */
export function listsOf(
  value: unknown,
  located: Located,
  path: ValuePath,
): { readonly lists: WrittenLists; readonly findings: readonly Finding[] } {
  if (value === undefined) return { lists: {}, findings: [] };
  if (typeof value === 'string') return { lists: listsOfHosts(value, path), findings: [] };

  const theirs = isPlatformAnswer(value);
  const schema = theirs ? platforms : ours;
  const { findings } = parsedObject(schema, value, located, { base: path, keys: DOMAIN_LIST_NAMES });
  const lists: { [Name in DomainListName]?: readonly Entry[] } = {};
  for (const name of DOMAIN_LIST_NAMES) {
    const key = theirs ? PLATFORM_NAMES[name] : name;
    // One list by itself: that another is wrong, or misspelt, is no reason to forget this one.
    const written = v.safeParse(list, (value as Readonly<Record<string, unknown>> | null)?.[key]);
    if (!written.success || written.output === undefined) continue;
    lists[name] =
      typeof written.output === 'string'
        ? partsOf(written.output).map((text) => ({ text, path: [...path, key] }))
        : written.output.map((text, index) => ({ text, path: [...path, key, index] }));
  }
  return { lists, findings };
}

function listsOfHosts(hosts: string, path: ValuePath): WrittenLists {
  const listed = (name: DomainListName) =>
    partsOf(hosts).map((host) => ({ text: host.includes('://') ? host : `${SCHEME_OF[name]}://${host}`, path }));
  return {
    request: listed('request'),
    uploadFile: listed('uploadFile'),
    downloadFile: listed('downloadFile'),
    socket: listed('socket'),
  };
}

function partsOf(text: string): string[] {
  return text
    .split(/[;；,，、\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
