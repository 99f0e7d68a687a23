/** The listeners of one of the platform's objects, by the name of their event, with the functions that add and remove them. */
export function scriptedListeners<Name extends string>(...names: readonly Name[]) {
  const sets = new Map<Name, Set<(result: never) => void>>(names.map((name) => [name, new Set()]));
  const methods: Record<string, (listener: (result: never) => void) => void> = {};
  for (const [name, listeners] of sets) {
    methods[`on${name}`] = (listener) => listeners.add(listener);
    methods[`off${name}`] = (listener) => {
      // A bare off would remove everybody's.
      if (typeof listener !== 'function') throw new Error(`off${name} without a listener`);
      listeners.delete(listener);
    };
  }
  return {
    methods: methods as never,
    tell: (name: Name, result: unknown = {}) => {
      for (const listener of [...(sets.get(name) ?? [])]) listener(result as never);
    },
    /** How many there are. */
    count: () => [...sets.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
