import type { SimulatorOptions } from './options.js';
import { settingsOf } from './settings.js';
import { simulatorOn, type Simulator } from './simulator-on.js';
import { lookupOf } from './wires/lookup.js';
import { nodeWire } from './wires/node.js';

export type { SimulatedWx } from './simulated-wx.js';
export type { NetworkChange } from './network-change.js';
export type { Simulator } from './simulator-on.js';

/**
 * Makes a `wx` that enforces the rules of the platform, over real sockets or from a script.
 *
 * ```text
 * app      request ──▶ parameters ─ background ─ domain ─ place ─ deadline ─ redirects ──▶ wire
 *          success ◀── in the app's thread, not while it is suspended ◀── charset, BOM, JSON ◀──
 * ```
 *
 * Everything is scheduled by one RxJS scheduler, so that the same simulator runs in virtual time.
 *
 * @example
 * ```ts
 * const { wx, close } = createSimulator({
 *   domains: { request: ['https://api.example.com'] },
 *   lookup: () => ({ address: '127.0.0.1', port: 8443 }),
 *   ca: readFileSync('authority.pem', 'utf8'),
 * });
 * wx.request({ url: 'https://api.example.com/me', success: ({ data }) => console.log(data) });
 * ```
 *
 * @throws TypeError that says what was expected, what came, and what to do, when an option is wrong.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = settingsOf(options);
  if (options.wire) return simulatorOn(settings, options.wire);
  const wire = nodeWire({
    lookup: lookupOf(options.lookup),
    ca: options.ca,
    verifyCertificates: settings.urlCheck,
    neighbours: options.neighbours,
  });
  return simulatorOn(settings, wire, () => wire.close());
}
