import { checkDomain } from '../../platform/domain-rule.js';
import { refusalError } from '../../platform/refusal-words.js';
import { isRefusedForPort } from '../../platform/wss-ports.js';
import type { NetworkInternals } from '../internals.js';
import { refuse } from '../refuse-unlisted.js';

/** The platform's documents disagree, and only who runs the app can see what its users' phones do. */
const ANY_PORT =
  "the platform's page 网络调优 asks for the port, its page 网络 says that any port of a listed host may be called: if your phones do so, createNetwork({ wssPorts: 'any' })";

/**
 * Compares the address of a WebSocket with the `socket` domains (DOM-*, LAN-1), its port only where the network asks for it.
 *
 * @throws NetworkError `domain-not-allowed` or `invalid-url`, where the network does not only warn.
 */
export function refuseSocketUrl(network: NetworkInternals, url: string): void {
  const { domains, device, wssPorts } = network.settings;
  const refusal = checkDomain('socket', url, domains, device?.());
  if (!refusal) return;
  const forPort = isRefusedForPort(refusal);
  if (forPort && wssPorts === 'any') return;
  refuse(network, refusalError(refusal, { api: 'connectSocket', url }, forPort ? ANY_PORT : undefined), url);
}
