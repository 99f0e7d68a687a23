/**
 * The simulator: what runs on a desk and in CI.
 */

export { createSimulator, type SimulatedWx, type Simulator } from './create-simulator.js';
export type { SimulatorOptions } from './options.js';
export type { SimulatorEvent } from './events.js';

// In place of real sockets: answers from a script, in virtual time too
export { scriptWire, type PlainAnswer, type Script, type ScriptedAnswer } from './wires/script.js';
export {
  wireChunk,
  WireFailure,
  wireHeaders,
  wireSent,
  type Wire,
  type WireEvent,
  type WireFailureKind,
  type WireRequest,
} from './wires/wire.js';
