/** One step into data: a field, or a place in an array. */
export type DataKey = string | number;

/**
 * Reads a key of `setData`: `'list[0].name'` is `['list', 0, 'name']`. A backslash takes the meaning from what follows.
 *
 * @throws TypeError as the platform does, where brackets do not hold a number.
 */
export function parseDataPath(path: string): DataKey[] {
  const keys: DataKey[] = [];
  let name = '';
  let index = 0;
  const endName = () => {
    if (name !== '') keys.push(name);
    name = '';
  };
  while (index < path.length) {
    const letter = path[index] ?? '';
    if (letter === '\\') {
      name += path[index + 1] ?? '';
      index += 2;
    } else if (letter === '.') {
      endName();
      index++;
    } else if (letter === '[') {
      endName();
      const [all = '', digits = ''] = /^\[(\d+)\]/.exec(path.slice(index)) ?? [];
      if (all === '')
        throw new TypeError(`setData: expected a number in brackets, as in 'list[0].name'; got '${path}'`);
      if (keys.length === 0) throw new TypeError(`setData: expected a name in front of '['; got '${path}'`);
      keys.push(Number(digits));
      index += all.length;
    } else {
      name += letter;
      index++;
    }
  }
  endName();
  if (keys.length === 0) throw new TypeError(`setData: expected the path of a field; got '${path}'`);
  return keys;
}

/** What a value is made of: the app's own objects and arrays. */
export interface Containers {
  readonly object: () => object;
  readonly array: () => unknown[];
}

/** Puts a value into data; what is missing on the way, or is no container, is made. */
export function putAt(data: object, keys: readonly DataKey[], value: unknown, made: Containers): void {
  let here = data as Record<DataKey, unknown>;
  keys.forEach((key, index) => {
    const next = keys[index + 1];
    if (next === undefined) {
      here[key] = value;
      return;
    }
    const there = here[key];
    const fits = typeof next === 'number' ? Array.isArray(there) : typeof there === 'object' && there !== null;
    if (!fits) here[key] = typeof next === 'number' ? made.array() : made.object();
    here = here[key] as Record<DataKey, unknown>;
  });
}

/** The value at a path, or `undefined`. */
export function valueAt(data: unknown, keys: readonly DataKey[]): unknown {
  let here = data;
  for (const key of keys) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<DataKey, unknown>)[key];
  }
  return here;
}
