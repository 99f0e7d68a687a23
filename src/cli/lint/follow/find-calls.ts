import type { DomainApi } from '../../../platform/domain-apis.js';
import { addressesOf } from './call-addresses.js';
import { calledAs } from './called-as.js';
import { basesGiven, basesWritten, ofApi, type FoundCall } from './client-bases.js';
import { neverSends } from './field-names.js';
import { spreadItems } from './list-items.js';
import type { CallSite, ModuleFacts, Spot } from './module-facts.js';
import { keyOf } from './patterns.js';
import { bindingOf } from './scope.js';
import { sourceOf } from './source-of.js';
import { apiNamed, apiOfMethod, CLIENT_METHOD, HTTP_PACKAGE } from './takes-address.js';
import type { Follower, Values } from './values.js';

/** Finds what a module sends. */
export function findCalls(module: ModuleFacts, follower: Follower & { readonly begin: () => void }): FoundCall[] {
  const found: FoundCall[] = [];
  for (const site of module.calls) {
    follower.begin();
    found.push(...callsAt(site, follower));
  }
  return [...found, ...basesWritten(module, follower)];
}

function callsAt({ node, scope }: CallSite, follower: Follower): FoundCall[] {
  const { callee, arguments: written } = calledAs(node);
  const spot: Spot = { node, scope };
  const [first, second] = spreadItems(
    written.map((argument): Spot => ({ node: argument, scope })),
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
    if (value.kind === 'package' && HTTP_PACKAGE.test(value.name) && (CLIENT_METHOD.test(name) || !isMember)) {
      const call = one(apiOfMethod(name), first, true);
      // `axios({ url })`
      return isMember || CLIENT_METHOD.test(name) ? [call] : absoluteOnly([call]);
    }
    return [];
  });
  if (found.length > 0) return [...found, ...basesGiven(node, name, values, follower, scope)];
  const bases = basesGiven(node, name, values, follower, scope);
  if (bases.length > 0 || isOwnCode(values)) return bases;

  // Of nobody knows what, but by a name that says what it does.
  const api = apiNamed(name);
  if (api && name !== 'getImageInfo') return [{ ...ofApi(api, first, spot, follower), guessed: true }];
  const receiver = isMember ? sourceOf({ node: callee.object, scope }) : '';
  if (
    name === 'loadRemote' ||
    name === 'loadBundle' ||
    (name === 'load' && /loader|assetManager|resources/i.test(receiver))
  ) {
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
