import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { DESK_CLOSES, DESK_WORDS_VERSION, type PhoneMessage } from '../../inspect/desk-words.js';
import type { Desk, DeskInlet } from '../../desk/desk.js';
import { isCode } from '../../desk/pairing-code.js';

/** From the connection to its hello, in milliseconds. */
const HELLO_MS = 5_000;
/** The longest message that is read, in bytes. */
const MAX_MESSAGE_BYTES = 4_194_304;
/** After so many wrong codes no other is looked at: somebody guesses. */
const MAX_WRONG_CODES = 20;
const MAX_PHONES = 8;

/** Where phones come in. */
export interface PhoneServer {
  readonly port: number;
  close(): Promise<void>;
}

/** What the desk says to the person in front of it. */
export interface PhoneNews {
  /** A phone with the right code. */
  readonly onPhone: (name: string) => void;
  readonly onWrongCode: (address: string, isLast: boolean) => void;
}

/**
 * Takes what phones tell.
 *
 * @param host - `127.0.0.1`, or `0.0.0.0` for phones on the local network.
 */
export async function servePhones(
  desk: Desk,
  code: string,
  { host, port }: { readonly host: string; readonly port: number },
  { onPhone, onWrongCode }: PhoneNews,
): Promise<PhoneServer> {
  const server = new WebSocketServer({ host, port, maxPayload: MAX_MESSAGE_BYTES });
  let wrong = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve).once('error', reject);
  });

  server.on('connection', (phone, request) => {
    if (server.clients.size > MAX_PHONES) {
      phone.close(1013, 'too many');
      return;
    }
    const address = request.socket.remoteAddress ?? 'unknown';
    let inlet: DeskInlet | undefined;
    const silence = setTimeout(() => phone.close(DESK_CLOSES.silent, 'no hello'), HELLO_MS);
    phone.on('message', (data: Buffer) => {
      const message = read(data);
      if (!message) {
        phone.close(DESK_CLOSES.unreadable, 'not a message of ours');
        return;
      }
      if (inlet) {
        if (message.type === 'events' && !hear(inlet, message)) phone.close(DESK_CLOSES.unreadable, 'no event of ours');
        return;
      }
      if (wrong >= MAX_WRONG_CODES || message.type !== 'hello' || !isCode(message.token, code)) {
        wrong++;
        onWrongCode(address, wrong === MAX_WRONG_CODES);
        phone.close(DESK_CLOSES.wrongCode, 'another code');
        return;
      }
      clearTimeout(silence);
      const name = String(message.name).slice(0, 100);
      inlet = desk.open('phone', name);
      onPhone(name);
      phone.send(JSON.stringify({ type: 'welcome', version: DESK_WORDS_VERSION }));
    });
    phone.on('close', () => {
      clearTimeout(silence);
      inlet?.end();
    });
    // A connection that breaks says so, and closes.
    phone.on('error', () => undefined);
  });

  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.clients.forEach((phone: WebSocket) => phone.terminate());
        server.close(() => resolve());
      }),
  };
}

/** What has the right names may have the wrong things in it: the desk must outlive it. */
function hear(inlet: DeskInlet, { events, dropped }: Extract<PhoneMessage, { readonly type: 'events' }>): boolean {
  try {
    inlet.take(events.filter((event) => typeof event?.type === 'string' && typeof event.atMs === 'number'));
    inlet.dropped(Number(dropped) || 0);
    return true;
  } catch {
    return false;
  }
}

function read(data: Buffer): PhoneMessage | undefined {
  try {
    const message = JSON.parse(data.toString('utf8')) as Partial<PhoneMessage> | null;
    if (message?.type === 'hello') return message as PhoneMessage;
    return message?.type === 'events' && Array.isArray(message.events) ? (message as PhoneMessage) : undefined;
  } catch {
    return undefined;
  }
}
