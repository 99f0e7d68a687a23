import type { Refusal } from './refusal.js';

/**
 * Whether a socket's address is refused for its port alone, so that a platform that allows any port of a listed host takes it
 * (DOM-4, DOM-5; platform-facts §13 F2).
 */
export function isRefusedForPort({ api, problem }: Refusal): boolean {
  return api === 'socket' && (problem === 'other-port' || problem === 'port-written');
}
