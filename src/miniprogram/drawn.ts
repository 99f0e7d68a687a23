import type { Realm } from './realm.js';

/**
 * An object that is all things: each member of it is it, and so is what a call of it gives. For what draws; as a text it
 * is the version that three.js reads.
 */
const ANYTHING = `(() => {
  const anything = new Proxy(function () {}, {
    get: (_target, name) =>
      name === 'then' ? undefined : name === Symbol.toPrimitive ? (hint) => (hint === 'string' ? 'WebGL 1.0' : 0) : name === Symbol.iterator ? [][name] : anything,
    set: () => true,
    apply: () => anything,
    construct: () => anything,
  });
  return anything;
})()`;

/** What an app draws on and with: a canvas, its context, an image. */
export const drawnIn = (realm: Realm): unknown => realm.evaluate(ANYTHING, 'realm');
