/**
 * Takes our listeners off a TCP or UDP socket and closes it. Whatever a client lacks or throws, the rest is done all the
 * same: a socket that stays open counts against the platform's limit.
 *
 * @param off - Each with a function of our own: without one, everybody's would go.
 */
export function closeRawSocket(socket: { close(): void }, off: readonly (() => void)[]): void {
  for (const step of [...off, () => socket.close()]) {
    try {
      step();
    } catch {
      // What cannot be closed is over for us all the same: leaving must not fail.
    }
  }
}
