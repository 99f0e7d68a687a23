/** The path of an address, for a sentence; the whole where it has none. */
export function pathOf(url: string): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1];
  return path === undefined ? url : path || '/';
}
