import { CallFailure, type PlainKind } from '../simulator/rules/failure.js';
import { WireFailure, type WireFailureKind } from '../simulator/wires/wire.js';

/** What can go wrong with a call, by name. */
export type ReplyFailure = keyof typeof FAILURES;

const wire = (kind: WireFailureKind) => () => new WireFailure(kind);
const platform = (kind: PlainKind) => () => new CallFailure({ kind });

/** Each in the words of the phone's dialect, as it would really come. */
const FAILURES = {
  // Between two machines
  dns: wire('dns'),
  refused: wire('refused'),
  reset: wire('reset'),
  unreachable: wire('unreachable'),
  closed: wire('closed'),
  empty: wire('empty'),
  incomplete: wire('incomplete'),
  tls: wire('tls'),
  'tls-version': wire('tls-version'),
  'tls-name': wire('tls-name'),
  'tls-date': wire('tls-date'),
  'tls-authority': wire('tls-authority'),
  'content-coding': wire('content-coding'),
  handshake: wire('handshake'),
  failed: wire('failed'),
  // The platform's own verdict, whatever its clock says
  timeout: platform('timeout'),
  interrupted: platform('interrupted'),
  aborted: platform('abort'),
  offline: platform('offline'),
  'network-changed': platform('network-changed'),
  'too-many-tasks': platform('too-many-tasks'),
  'too-many-redirects': platform('too-many-redirects'),
  'too-large': platform('too-large'),
  decode: platform('charset'),
} as const;

/**
 * The error that makes the simulator fail a call so.
 *
 * @throws TypeError that lists the names, for another.
 */
export function failureNamed(name: ReplyFailure): Error {
  if (!Object.hasOwn(FAILURES, name)) {
    const names = Object.keys(FAILURES).join(', ');
    throw new TypeError(`replies: there is no failure '${String(name)}'; there are ${names}`);
  }
  return FAILURES[name]();
}
