import type { Simulator } from '../simulator/create-simulator.js';

/** The phone and the clock of the scenario that is running. */
export interface CurrentWorld {
  readonly simulator: Simulator;
  readonly advance: (ms: number) => Promise<void>;
}

let current: CurrentWorld | undefined;

/** Makes a world the one in which apps are launched, until the returned function is called. */
export function enterWorld(world: CurrentWorld): () => void {
  const before = current;
  current = world;
  return () => {
    current = before;
  };
}

/** The world of the scenario that is running, if one is. */
export function currentWorld(): CurrentWorld | undefined {
  return current;
}
