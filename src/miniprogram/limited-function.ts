/**
 * Run in a realm in which no text becomes code: one does all the same, for old bundles ask for the global object by it.
 *
 * - Evidence: `discoveries/language.md`
 */
export const LIMITED_FUNCTION = `(() => {
  const Native = Function;
  const Limited = function Function(...args) {
    if (args.length === 1 && /^\\s*return this;?\\s*$/.test(args[0])) return function () { return globalThis; };
    return Reflect.construct(Native, args);
  };
  Limited.prototype = Native.prototype;
  const kept = { value: Limited, writable: true, configurable: true };
  Object.defineProperty(Native.prototype, 'constructor', kept);
  Object.defineProperty(globalThis, 'Function', kept);
})()`;
