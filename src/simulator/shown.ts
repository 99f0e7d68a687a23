/** A value, for a message: short, and whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value, withoutNull) ?? typeof value;
  } catch {
    // Circular, or with a bigint in it.
    return typeof value;
  }
}

/** JSON has `null` for these, which nobody wrote. */
function withoutNull(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
