import type { DomainApi } from '../../../platform/domain-apis.js';
import type { Frame, ModuleFacts, Spot } from './module-facts.js';

/** A text, as far as it is known from its beginning. */
export interface Text {
  readonly kind: 'text';
  readonly text: string;
  /** Where the rest was lost; `undefined` when this is all of it. */
  readonly lost: Spot | undefined;
  /** The literal in which the host stands. */
  readonly origin: Spot | undefined;
  /** Used only while developing. */
  readonly development: boolean;
  /** Found by a name that fits, and not by following. */
  readonly guessed: boolean;
}

/** What takes an address: `wx.request`, `http.get` of a client with a base address. */
export interface Api {
  readonly kind: 'api';
  readonly api: DomainApi;
  /** The option that holds the address. */
  readonly key: string;
  readonly client?: Client | undefined;
}

/** An instance of an HTTP library. */
export interface Client {
  readonly kind: 'client';
  /** The call that made it. */
  readonly made: Spot;
  /** Its base addresses. */
  readonly bases: readonly Spot[];
}

/** What an expression may be when the app runs. */
export type Value =
  | Text
  | Api
  | Client
  | { readonly kind: 'boolean'; readonly value: boolean }
  | {
      readonly kind: 'object';
      readonly spot: Spot;
      readonly isThis?: boolean | undefined;
      /** What is in it is used only while developing. */
      readonly development?: boolean | undefined;
    }
  | { readonly kind: 'array' | 'class' | 'instance' | 'enum'; readonly spot: Spot }
  | {
      readonly kind: 'function';
      readonly spot: Spot;
      /** What `bind` gave it. */
      readonly bound?: readonly Spot[] | undefined;
    }
  /** What a function was given beyond its parameters. */
  | { readonly kind: 'list'; readonly items: readonly Spot[] }
  | { readonly kind: 'merged'; readonly parts: readonly Spot[] }
  | { readonly kind: 'namespace'; readonly module: ModuleFacts }
  /** `wx` and its likes. */
  | { readonly kind: 'platform' }
  /** Of a package that is not part of the source. */
  | { readonly kind: 'package'; readonly name: string }
  /** `undefined`, beside something. */
  | { readonly kind: 'nothing' }
  /** Known only when the app runs. */
  | { readonly kind: 'lost'; readonly spot: Spot };

/** Some values, any of which may be the one; none means `undefined`. */
export type Values = readonly Value[];

/** What the parts of the follower ask each other. */
export interface Follower {
  readonly valuesOf: (spot: Spot) => Values;
  /** Looks up something in a value, unless that is being looked up already: then there is no more of it. */
  readonly lookUp: (of: Spot, name: string, run: () => Values) => Values;
  readonly memberOf: (values: Values, name: string, spot: Spot) => Values;
  /** The calls of a function, as far as they are seen. */
  readonly callersOf: (fn: Spot['node']) => readonly Caller[];
  /** What the app keeps anywhere under a name, where nobody knows in which object. */
  readonly fieldsNamed: (name: string, spot: Spot) => Values;
  readonly writesNamed: (name: string) => readonly { readonly object: Spot; readonly value: Spot }[];
  readonly moduleNamed: (source: string, from: ModuleFacts) => ModuleFacts | undefined;
  /** What `App()` was given. */
  readonly apps: () => readonly Spot[];
  /** Classes that extend this one. */
  readonly derivedOf: (classNode: Spot['node']) => readonly Spot[];
  readonly environment: (name: string, spot: Spot) => Values;
}

/** A call of a function. */
export interface Caller {
  readonly arguments: readonly Spot[];
  /** `list.forEach(function)`: it is called with the elements of this. */
  readonly elementsOf?: Spot | undefined;
}

/** A text that is known whole. */
export function textValue(text: string, origin: Spot | undefined): Text {
  return { kind: 'text', text, lost: undefined, origin, development: false, guessed: false };
}

/** The same values, for what is used only while developing. */
export function whileDeveloping(values: Values, development: boolean | undefined): Values {
  return development === true
    ? values.map((value) => (value.kind === 'text' || value.kind === 'object' ? { ...value, development } : value))
    : values;
}

/** How deep calls are looked into. */
export const MAX_FRAMES = 8;

/** The frame of a call, or none where they are too many. */
export function frameOf(
  fn: Spot,
  args: readonly Spot[],
  caller: Frame | undefined,
  self: Spot | undefined,
): Frame | undefined {
  const depth = Math.max(fn.frame?.depth ?? 0, caller?.depth ?? 0) + 1;
  return depth > MAX_FRAMES ? undefined : { function: fn.node, arguments: args, self, outer: fn.frame, depth };
}
