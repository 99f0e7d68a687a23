import type { SimulatedWx } from '../simulator/create-simulator.js';

let current: (() => SimulatedWx) | undefined;

/** Makes a phone the one that the global `wx` of {@link installGlobalWx} stands for, until the returned function is called. */
export function enterPhone(wx: () => SimulatedWx): () => void {
  const before = current;
  current = wx;
  return () => {
    current = before;
  };
}

/**
 * Puts a `wx` into the global scope, and the same as `uni`: for code that takes neither as a parameter, and for clients
 * that look for them when they are loaded. It stands for the phone of whatever test is running, if it is not given one. Call
 * it in a set-up file, before the app's modules are imported.
 *
 * @example
 * ```ts
 * // jest: setupFiles; vitest: test.setupFiles; node:test: --import
 * installGlobalWx();
 * ```
 *
 * @param wx - Another, such as a {@link scriptedWx}.
 * @returns A function that puts back what was there before.
 */
export function installGlobalWx(wx: object = phoneOfTheTest()): () => void {
  const names = ['wx', 'uni'] as const;
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of names) Object.assign(globalThis, { [name]: wx });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

function phoneOfTheTest(): object {
  const members = new Map<PropertyKey, (...args: unknown[]) => unknown>();
  return new Proxy(
    {},
    {
      get: (_target, name) => {
        // Only what a phone has; a promise asks every value for `then`.
        if (typeof name !== 'string' || name === 'then') return undefined;
        const known = current && (current() as unknown as Record<string, unknown>)[name];
        if (current && typeof known !== 'function') return known;
        const member = members.get(name) ?? ((...args: unknown[]) => call(name, args));
        members.set(name, member);
        return member;
      },
      has: (_target, name) => current !== undefined && name in current(),
    },
  );
}

function call(name: string, args: readonly unknown[]): unknown {
  if (!current) {
    throw new Error(`wx.${name} was called outside of marbles() and scenario(): there is no phone to call`);
  }
  const member = (current() as unknown as Record<string, ((...given: unknown[]) => unknown) | undefined>)[name];
  if (typeof member !== 'function') throw new TypeError(`wx.${name} is not simulated`);
  return member(...args);
}
