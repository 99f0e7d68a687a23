/** A value, for a message: short, and whatever it is. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    // Circular, or with a bigint in it.
    return typeof value;
  }
}
