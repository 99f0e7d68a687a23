const MAPPED = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/;

/**
 * What a system makes of an address: `127.1`, `0x7f000001` and `::ffff:127.0.0.1` are all `127.0.0.1` to it, and names
 * have neither case nor a final dot.
 */
export function resolvedAddress(address: string): string {
  const withoutZone = address.replace(/%.*/s, '');
  const host = withoutZone.includes(':') ? `[${withoutZone}]` : withoutZone;
  if (!URL.canParse(`http://${host}/`)) return address;

  const { hostname } = new URL(`http://${host}/`);
  const [, high, low] = MAPPED.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return hostname.replace(/^\[|\]$|\.$/g, '');
  return [high, low]
    .map((word) => parseInt(word, 16))
    .flatMap((word) => [word >> 8, word & 255])
    .join('.');
}
