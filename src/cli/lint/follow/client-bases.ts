import type { DomainApi } from '../../../platform/domain-apis.js';
import { addressesOf } from './call-addresses.js';
import { concatenated } from './concatenate.js';
import { basesIn } from './http-clients.js';
import type { CallSite, ModuleFacts, Spot } from './module-facts.js';
import { sourceOf } from './source-of.js';
import { BASE_KEY } from './takes-address.js';
import type { Api, Client, Follower, Values } from './values.js';

/** A call that goes to a server, and what its address may be. */
export interface FoundCall {
  readonly api: DomainApi;
  readonly spot: Spot;
  readonly addresses: Values;
  /** Told from a name or a library, not from the platform's own call. */
  readonly guessed: boolean;
  /** The address is put behind a base address. */
  readonly isPath?: boolean | undefined;
}

/** `http.baseURL = …`, `fly.config = { baseURL }`: the bases that are written to a client. */
export function basesWritten(module: ModuleFacts, follower: Follower & { readonly begin: () => void }): FoundCall[] {
  const found: FoundCall[] = [];
  for (const [name, writes] of module.writes) {
    for (const { object, value } of writes) {
      follower.begin();
      const api: DomainApi | undefined = BASE_KEY.test(name)
        ? 'request'
        : name === 'basePath' && sourceOf(object) === 'Laya.URL'
          ? 'downloadFile'
          : undefined;
      if (/^(?:config|defaults)$/.test(name) && value.node.type === 'ObjectExpression') {
        // `fly.config = { baseURL }`
        if (isOwn(follower.valuesOf(object))) continue;
        for (const base of basesIn(value, follower)) {
          found.push({ api: 'request', spot: base, addresses: follower.valuesOf(base), guessed: true });
        }
      }
      if (api === undefined || isOwn(follower.valuesOf(object))) continue;
      found.push({ api, spot: value, addresses: follower.valuesOf(value), guessed: true });
    }
  }
  return found;
}

/** Finds what a call of `wx.request` or of a client is given. */
export function ofApi({ api, key, client }: Api, first: Spot, spot: Spot, follower: Follower): FoundCall {
  const own = addressesOf(first, key, follower);
  if (!client) return { api, spot, addresses: own, guessed: false };
  // The base is told where the client is made, but for what has another list.
  const isAddress = (value: Values[number]): boolean => value.kind === 'text' && /^(?:[a-z]+:)?\/\//i.test(value.text);
  const bases = api === 'request' || own.every(isAddress) ? [] : basesOfClient(client, follower);
  const behind = bases.flatMap((base) => concatenated([base], base, follower));
  const absolute = own.filter(isAddress);
  return { api, spot, addresses: [...absolute, ...behind], guessed: true, isPath: true };
}

function basesOfClient({ made, bases }: Client, follower: Follower): readonly Spot[] {
  if (bases.length > 0) return bases;
  const { module } = made.scope;
  return [...module.writes]
    .filter(([name]) => BASE_KEY.test(name))
    .flatMap(([, writes]) =>
      writes.filter(({ object }) => !isOwn(follower.valuesOf(object))).map(({ value }) => value),
    );
}

const SETS_UP = /^(?:create|extend|setConfig|config|configure|init|setup|use|instance)/i;

/** `axios.create({ baseURL })`, `setConfig({ baseUrl })`, `new Request({ baseURL })`. */
export function basesGiven(
  node: CallSite['node'],
  name: string,
  values: Values,
  follower: Follower,
  scope: Spot['scope'],
): FoundCall[] {
  const known = values.some(
    (value) => value.kind === 'package' || value.kind === 'client' || (value.kind === 'api' && value.client),
  );
  const lost = values.every(({ kind }) => kind === 'lost') && (SETS_UP.test(name) || node.type === 'NewExpression');
  if (!known && !lost) return [];
  return node.arguments.flatMap((argument) =>
    basesIn({ node: argument, scope }, follower).map((spot): FoundCall => ({
      api: 'request',
      spot,
      addresses: follower.valuesOf(spot),
      guessed: !/^createNetwork$/.test(name),
    })),
  );
}

function isOwn(values: Values): boolean {
  return values.length === 0 || values.some(({ kind }) => /^(?:object|instance|class|function|namespace)$/.test(kind));
}
