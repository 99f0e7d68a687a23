type Fields = Readonly<Record<string, unknown>>;

/** One field of a header, whatever the case of its name: the platform hands names over as the server or HTTP/2 wrote them. */
export function headerField(headers: Fields | undefined, name: string): string | undefined {
  const written = nameIn(headers, name);
  return written && String((headers as Fields)[written]);
}

/** The name under which a header has a field, whatever its case. */
export function nameIn(headers: Fields = {}, name: string): string | undefined {
  const wanted = name.toLowerCase();
  // Lengths first: most names differ in theirs, and a comparison in lower case costs a copy.
  return Object.keys(headers).find((key) => key.length === wanted.length && key.toLowerCase() === wanted);
}
