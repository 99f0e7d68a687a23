import type { Lamp } from './app.js';

/** The figures of the sockets. */
export interface SocketsSummary {
  /** WebSockets that the server saw. */
  readonly opened: number;
  /** The most of them at once. */
  readonly maxOpen: number;
  readonly reconnects: number;
  /** Messages that the app said. */
  readonly sent: number;
  /** Messages of the room that the app heard, its own among them. */
  readonly received: number;
  /** Said and not in the room, or in the room and not heard. */
  readonly lost: number;
  /** Twice in the room, or heard twice. */
  readonly doubled: number;
}

/** How the third act came out. */
export interface ChatFinished {
  readonly sockets: SocketsSummary;
  readonly lamp: Lamp | undefined;
  readonly seconds: number;
}

/** The figures, for people. */
export function chatSummaryLines({ sockets, lamp, seconds }: ChatFinished): string[] {
  const { opened, maxOpen, reconnects, sent, received, lost, doubled } = sockets;
  return [
    `a chat room in ${seconds} s`,
    `  WebSockets      ${opened}, ${maxOpen} at once; ${reconnects} reconnects`,
    `  messages        ${sent} sent, ${received} received; ${lost} lost, ${doubled} doubled`,
    `  local network   ${lamp ? `a lamp by UDP at ${lamp.address}; by TCP it says "${lamp.echo}"` : 'nobody answered'}`,
  ];
}
