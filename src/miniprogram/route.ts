/** A page and what it is opened with. */
export interface Route {
  /** Without a slash in front. */
  readonly path: string;
  /** As they stand in the address: the platform decodes nothing. */
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Reads `pages/list/list?id=1`, `/pages/list/list` or `../list/list`.
 *
 * @param from - The path of the page that a relative one is meant from.
 */
export function parseRoute(url: string, from = ''): Route {
  const [, path = '', search = ''] = /^([^?]*)\??(.*)/s.exec(url) ?? [];
  const query: Record<string, string> = {};
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    query[name] = value.join('=');
  }
  return { path: absolute(path, from), query };
}

/** The way back: `pages/list/list?id=1`. */
export function formatRoute({ path, query }: Route): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

function absolute(path: string, from: string): string {
  const start = path.startsWith('/') || !path.startsWith('.') ? [] : from.split('/').slice(0, -1);
  const parts = [...start];
  for (const part of path.replace(/\.html$/, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
