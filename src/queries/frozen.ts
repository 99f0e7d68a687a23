/** The value, which nobody can change any more: it is shared. Bytes cannot be frozen, and are left. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return value;
  for (const part of Object.values(value) as unknown[]) frozen(part);
  return Object.freeze(value);
}
