/** Refuses an option of the caller's, with what is wrong with it and what to do. */
export type Refuse = (what: string) => never;

/**
 * The text of a value in a query or a form, the same on every phone: text stays, a number or a boolean is written as in
 * JavaScript, `undefined` and `null` leave the field out.
 *
 * @param where - What the value is called, such as `data.page`.
 */
export function fieldText(where: string, value: unknown, refuse: Refuse): string | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  if (value === undefined || value === null) return undefined;
  const name = kindOf(value);
  const advice =
    name === 'Date' ? 'write its toISOString() or getTime()' : `write a text${isObject(value) ? ', such as JSON' : ''}`;
  return refuse(`${where} must be a text, a number or a boolean; got ${name}; ${advice}`);
}

/** What a value is, for a message: `Date`, `Map`, `Object`, `function`, `NaN`. */
export function kindOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return isObject(value) ? Object.prototype.toString.call(value).slice(8, -1) : value === null ? 'null' : typeof value;
}

/** Whether a value is an object of names and values (of `import * as` too), and no list, map, date or the like. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  const kind = kindOf(value);
  return kind === 'Object' || kind === 'Module';
}

/** Whether a value has members. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
