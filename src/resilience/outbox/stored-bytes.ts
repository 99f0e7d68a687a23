/**
 * Bytes as text that JSON keeps: two digits each. Base64 is a third shorter, in three times the code, and few keep bytes; that of
 * the platform is deprecated.
 */
export function hexOf(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => (byte + 256).toString(16).slice(1)).join('');
}

/** What {@link hexOf} was given. */
export function bytesOfHex(hex: string): ArrayBuffer {
  const bytes = new Uint8Array(hex.length / 2);
  return bytes.map((_, index) => parseInt(hex.slice(2 * index, 2 * index + 2), 16)).buffer;
}
