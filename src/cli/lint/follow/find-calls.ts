import type { Node } from '@babel/types';
import type { DomainApi } from '../../../platform/domain-lists.js';
import { concatenated } from './concatenate.js';
import { memberAt } from './evaluate-member.js';
import { basesIn } from './evaluate-call.js';
import { neverSends } from './field-names.js';
import type { CallSite, ModuleFacts, Spot } from './module-facts.js';
import { spreadItems } from './list-items.js';
import { keyOf } from './patterns.js';
import { bindingOf } from './scope.js';
import { apiNamed, apiOfMethod, BASE_KEY, CLIENT_METHOD, HTTP_PACKAGE } from './takes-address.js';
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

/** Finds what a module sends. */
export function findCalls(module: ModuleFacts, follower: Follower & { readonly begin: () => void }): FoundCall[] {
  const found: FoundCall[] = [];
  for (const site of module.calls) {
    follower.begin();
    found.push(...callsAt(site, follower));
  }
  for (const [name, writes] of module.writes) {
    for (const { object, value } of writes) {
      follower.begin();
      const api: DomainApi | undefined = BASE_KEY.test(name)
        ? 'request'
        : name === 'basePath' && textOf(object) === 'Laya.URL'
          ? 'downloadFile'
          : undefined;
      if (api === undefined || isOwn(follower.valuesOf(object))) continue;
      found.push({ api, spot: value, addresses: follower.valuesOf(value), guessed: true });
    }
  }
  return found;
}

function isOwn(values: Values): boolean {
  return values.length === 0 || values.some(({ kind }) => /^(?:object|instance|class|function|namespace)$/.test(kind));
}

function callsAt({ node, scope }: CallSite, follower: Follower): FoundCall[] {
  const { callee } = node;
  const spot: Spot = { node, scope };
  const [first, second] = spreadItems(
    node.arguments.map((argument): Spot => ({ node: argument, scope })),
    follower,
  );
  if (!first || callee.type === 'Super' || callee.type === 'Import') return [];
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  const name = isMember
    ? (keyOf(callee.property, callee.computed) ?? '')
    : callee.type === 'Identifier'
      ? callee.name
      : '';
  if (isMember && neverSends(name)) return [];
  const one = (api: DomainApi, address: Spot, guessed: boolean): FoundCall => ({
    api,
    spot,
    addresses: addressesOf(address, 'url', follower),
    guessed,
  });

  if (!isMember && !bindingOf(scope, name)) {
    if (node.type === 'NewExpression' && name === 'WebSocket') return [one('socket', first, false)];
    if (name === 'fetch') return [one('request', first, true)];
  }
  if (isMember && name === 'open' && second) {
    const [method] = follower.valuesOf(first);
    const isMethod = method?.kind === 'text' && /^(?:GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS)$/i.test(method.text);
    if (isMethod) return [one('request', second, false)];
  }
  const values = follower.valuesOf({ node: callee, scope });
  const found = values.flatMap((value): FoundCall[] => {
    if (value.kind === 'api') return [ofApi(value, first, spot, follower)];
    if (value.kind === 'client')
      return [ofApi({ kind: 'api', api: 'request', key: 'url', client: value }, first, spot, follower)];
    if (value.kind === 'package' && HTTP_PACKAGE.test(value.name) && CLIENT_METHOD.test(name)) {
      return [one(apiOfMethod(name), first, true)];
    }
    return [];
  });
  if (found.length > 0) return [...found, ...basesGiven(node, name, values, follower, scope)];
  const bases = basesGiven(node, name, values, follower, scope);
  if (bases.length > 0 || isOwnCode(values)) return bases;

  // Of nobody knows what, but by a name that says what it does.
  const api = apiNamed(name);
  if (api && name !== 'getImageInfo') return [{ ...ofApi(api, first, spot, follower), guessed: true }];
  const receiver = isMember ? textOf({ node: callee.object, scope }) : '';
  if (name === 'loadRemote' || (name === 'load' && /loader|assetManager|resources/i.test(receiver))) {
    return absoluteOnly([one('downloadFile', first, true)]);
  }
  if (isMember && CLIENT_METHOD.test(name) && /http|axios|fly|ajax|request|fetch|api|\$u\b/i.test(receiver)) {
    return absoluteOnly([one(apiOfMethod(name), first, true)]);
  }
  return [];
}

function isOwnCode(values: Values): boolean {
  return values.some(({ kind }) => kind === 'function' || kind === 'class');
}

/** Where only the name says that it is a call, only what is an address for sure is one. */
function absoluteOnly(calls: readonly FoundCall[]): FoundCall[] {
  return calls.map((call) => ({ ...call, addresses: call.addresses.filter(({ kind }) => kind === 'text') }));
}

function ofApi({ api, key, client }: Api, first: Spot, spot: Spot, follower: Follower): FoundCall {
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
function basesGiven(
  node: CallSite['node'],
  name: string,
  values: Values,
  follower: Follower,
  scope: Spot['scope'],
): FoundCall[] {
  const known = values.some(({ kind }) => kind === 'package' || kind === 'client');
  const lost = values.every(({ kind }) => kind === 'lost') && (SETS_UP.test(name) || node.type === 'NewExpression');
  if (!known && !lost) return [];
  return node.arguments.flatMap((argument) =>
    basesIn({ node: argument, scope }).map((spot): FoundCall => ({
      api: 'request',
      spot,
      addresses: follower.valuesOf(spot),
      guessed: !/^createNetwork$/.test(name),
    })),
  );
}

/** The address in `{ url }`, or the text itself. */
function addressesOf(argument: Spot, key: string, follower: Follower): Values {
  if (argument.node.type === 'SpreadElement') return [{ kind: 'lost', spot: argument }];
  const found = follower.valuesOf(argument).flatMap((value): Values => {
    if (value.kind === 'text') return [value];
    if (value.kind === 'object' || value.kind === 'merged') {
      const spot = { ...argument, node: addressNode(argument.node, key) };
      return follower.memberOf([value], key, spot);
    }
    return value.kind === 'lost' && argument.node.type !== 'Identifier' ? [value] : [];
  });
  // `options.url = base + options.url; wx.request(options)`
  return argument.node.type === 'Identifier'
    ? [...found.filter(({ kind }) => kind === 'text'), ...memberAt(argument, key, argument, follower)]
    : found;
}

function addressNode(options: Node, key: string): Node {
  if (options.type !== 'ObjectExpression') return options;
  for (const property of options.properties) {
    if (property.type === 'ObjectProperty' && keyOf(property.key, property.computed) === key) return property.value;
  }
  return options;
}

function textOf({ node, scope }: Spot): string {
  return scope.module.source.script.slice(node.start ?? 0, Math.min(node.end ?? 0, (node.start ?? 0) + 80));
}
