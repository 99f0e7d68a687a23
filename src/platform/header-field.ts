/** One field of a header, whatever the case of its name: the platform hands names over as the server or HTTP/2 wrote them. */
export function headerField(headers: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const key of Object.keys(headers)) {
    // Lengths first: most names differ in theirs, and a comparison in lower case costs a copy.
    if (key.length === wanted.length && key.toLowerCase() === wanted) return String(headers[key]);
  }
  return undefined;
}
