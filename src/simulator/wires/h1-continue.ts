import type { Socket } from 'node:net';

interface Parser {
  onHeadersComplete: (statusCode: number, ...rest: unknown[]) => number;
}

/** 102 Processing: to undici an answer that comes before the one that counts, as many as there are. */
const PROCESSING = 102;

/**
 * Lets a connection read over `100 Continue`. undici 7 breaks off at one, because it asks for none; but a client has to
 * take any number of answers below 200 before the one that counts, asked for or not (RFC 9110, 15.2).
 *
 * undici hides its parser; it leaves it on the socket, under a symbol of its own, when it takes the connection over.
 */
export function takeContinue(socket: Socket): void {
  for (const symbol of Object.getOwnPropertySymbols(socket)) {
    const value: unknown = Reflect.get(socket, symbol);
    if (!isParser(value)) continue;
    const onHeadersComplete = value.onHeadersComplete.bind(value);
    value.onHeadersComplete = (statusCode, ...rest) =>
      onHeadersComplete(statusCode === 100 ? PROCESSING : statusCode, ...rest);
  }
}

function isParser(value: unknown): value is Parser {
  return typeof value === 'object' && value !== null && 'onHeadersComplete' in value;
}
