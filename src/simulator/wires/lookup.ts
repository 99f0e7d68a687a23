/** Where hosts really are: `{ 'api.example.com': '127.0.0.1:8443' }`, or with the port that is meant, `'api.example.com:8080'`. */
export type LookupMap = { readonly [host: string]: string };

/** Where a host really is; `undefined` leaves it to the system. */
export type Lookup = (
  host: string,
  port: number,
) => { readonly address: string; readonly port?: number | undefined } | undefined;

/**
 * Makes a lookup of a map. What is a function already stays as it is.
 *
 * @throws TypeError that says what was expected and what came, when an address is none.
 */
export function lookupOf(lookup: Lookup | LookupMap | undefined): Lookup | undefined {
  if (lookup === undefined || typeof lookup === 'function') return lookup;
  const places = new Map(
    Object.entries(lookup).map(([host, place]) => {
      const [, address, port] = /^(\[[^\]]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/.exec(place) ?? [];
      if (address === undefined || !isPort(port))
        throw new TypeError(`lookup: expected an address such as '127.0.0.1:8443' for ${host}; got '${place}'`);
      const at = { address: address.replace(/^\[|\]$/g, ''), ...(port !== undefined && { port: Number(port) }) };
      return [host.toLowerCase(), at] as const;
    }),
  );
  return (host, port) => places.get(`${host.toLowerCase()}:${port}`) ?? places.get(host.toLowerCase());
}

/** Whether a text is a port that can be connected to, or is left out. */
export function isPort(text: string | undefined): boolean {
  return text === undefined || (Number(text) >= 1 && Number(text) <= 65_535);
}
