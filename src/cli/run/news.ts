/** How often a call is made that still says something. */
const MAX_ALIKE = 5;

/** As much of an event as is looked at. */
interface TellingEvent {
  readonly type: string;
  readonly id?: number | undefined;
  readonly api?: string | undefined;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** Tells whether an event says something new of an app: one that asks the same every second has shown it by now. */
export function createNews(): (event: TellingEvent) => boolean {
  const times = new Map<string, number>();
  const old = new Set<number>();
  return ({ type, id, api, method, url }) => {
    // It looks into its own storage, and asks nobody.
    if (type.startsWith('storage-')) return false;
    if (id !== undefined && old.has(id)) return false;
    if (url === undefined) return true;
    const key = `${api} ${method} ${url.replace(/[?#].*/s, '')}${id === undefined ? '' : ' call'}`;
    const count = (times.get(key) ?? 0) + 1;
    times.set(key, count);
    if (count <= MAX_ALIKE) return true;
    if (id !== undefined) old.add(id);
    return false;
  };
}
