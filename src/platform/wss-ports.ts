import type { Refusal } from './refusal.js';

/**
 * Whether a socket's address is refused for its port alone, so that a platform that allows any port of a listed host takes it
 * (DOM-4, DOM-5; discoveries/domain-lists.md#ports).
 */
export function isRefusedForPort({ api, problem }: Refusal): boolean {
  return api === 'socket' && (problem === 'other-port' || problem === 'port-written');
}
