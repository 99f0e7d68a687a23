import { createStandIns } from '../miniprogram/stand-ins.js';
import { wxTable } from '../miniprogram/wx-typings.js';
import type { Simulator } from '../simulator/create-simulator.js';

/** The phone of the test that is running. */
interface PhoneOfTest {
  /** Made when it is first asked for. */
  readonly simulator: Simulator;
  /** Whether its client, or its kind of app, has no such member of `wx`. */
  readonly lacks: (member: string) => boolean;
}

let current: PhoneOfTest | undefined;

/** Makes a phone the one that the global `wx` of {@link installGlobalWx} stands for, until the returned function is called. */
export function enterPhone(phone: PhoneOfTest): () => void {
  const before = current;
  current = phone;
  return () => {
    current = before;
  };
}

/**
 * Puts a `wx` into the global scope, and the same as `uni`: for code that takes neither as a parameter, and for clients
 * that look for them when they are loaded. It stands for the phone of whatever test is running, if it is not given one. Call
 * it in a set-up file, before the app's modules are imported.
 *
 * What the phone does not simulate, such as `wx.showToast`, answers as in {@link launch}: `success` with values of the right
 * types, and a user who says no. Put your own in its place, as with any object: `wx.showModal = …`, `jest.spyOn(wx, 'showToast')`.
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
  return new Proxy<object>(
    {},
    {
      get: (own, name) => {
        // What the test has put there goes first.
        if (Object.hasOwn(own, name)) return Reflect.get(own, name) as unknown;
        // Only what a phone has; a promise asks every value for `then`.
        if (typeof name !== 'string' || name === 'then') return undefined;
        const known = current && memberOf(current, name);
        if (current && typeof known !== 'function') return known;
        const member = members.get(name) ?? ((...args: unknown[]) => call(name, args));
        members.set(name, member);
        return member;
      },
      has: (own, name) =>
        Object.hasOwn(own, name) ||
        (current !== undefined && typeof name === 'string' && memberOf(current, name) !== undefined),
    },
  );
}

function call(name: string, args: readonly unknown[]): unknown {
  if (!current) {
    throw new Error(`wx.${name} was called outside of marbles() and scenario(): there is no phone to call`);
  }
  const member = memberOf(current, name);
  if (typeof member !== 'function') throw new TypeError(`wx.${name} is not simulated`);
  return (member as (...given: unknown[]) => unknown)(...args);
}

const standIns = new WeakMap<PhoneOfTest, Record<string, unknown>>();

/** What the phone simulates; else a stand-in, where the platform has such a member. */
function memberOf(phone: PhoneOfTest, name: string): unknown {
  const { simulator } = phone;
  const simulated = (simulator.wx as unknown as Record<string, unknown>)[name];
  if (simulated !== undefined || phone.lacks(name) || !Object.hasOwn(wxTable().members, name)) return simulated;
  let made = standIns.get(phone);
  if (!made) {
    const { scheduler } = simulator;
    made = createStandIns({ table: wxTable(), scheduler, used: () => {}, scripted: () => undefined });
    standIns.set(phone, made);
  }
  return made[name];
}
