import { socketQueue } from '../network/sockets/place.js';
import type { SocketEnd, SocketNetworkEvent } from '../network/network-event.js';
import type { SocketStatus } from '../network/sockets/status.js';
import type { SocketWatch, WatchedStatus } from '../network/watching.js';
import { meaningOfClose, type CloseReason } from '../platform/close-code.js';
import { isNetworkError } from '../platform/network-error.js';
import { closeError } from '../sources/socket-errors.js';
import { utf8Bytes } from '../platform/utf8-bytes.js';
import { shownError, shownUrl } from './shown.js';
import type { Teller } from './teller.js';

type Rest<Event> = Event extends SocketNetworkEvent ? Omit<Event, 'atMs' | 'socket'> : never;

/** Tells what becomes of one socket, over all its connections. */
export class SocketTeller implements SocketWatch {
  private readonly url: string;
  private state: SocketStatus['state'] | undefined;

  constructor(
    private readonly teller: Teller,
    private readonly id: number,
    url: string,
  ) {
    this.url = shownUrl(url);
  }

  status({ state, generation = state === 'open' ? 1 : 0, error }: WatchedStatus, retryInMs?: number): void {
    const { url, state: before } = this;
    this.state = state;
    // One that is refused before it could wait has a beginning, too.
    if (before === undefined && state !== 'waiting' && state !== 'connecting') this.waits();
    switch (state) {
      case 'waiting':
        this.waits();
        break;
      case 'connecting':
        this.tell({ type: 'socket-connecting', url, generation: generation + 1 });
        break;
      case 'open':
        this.tell({ type: 'socket-open', generation });
        break;
      case 'down':
        if (before !== 'down') this.tell({ type: 'socket-down', error: shownError(error) });
        this.tell({ type: 'socket-retry', retryInMs });
        break;
      default:
        this.tell({ type: 'socket-closed', ...endOf(error) });
    }
  }

  message(direction: 'in' | 'out', data: string | { readonly byteLength: number }): void {
    if (!this.teller.isHeard) return;
    const bytes = typeof data === 'string' ? utf8Bytes(data).length : data.byteLength;
    this.tell({ type: 'socket-message', direction, bytes });
  }

  private waits(): void {
    const { url, teller } = this;
    // TCP and UDP sockets need none of the places.
    const queue = /^ws/i.test(url) ? socketQueue(teller.shared).snapshot() : { running: 0, size: 0 };
    this.tell({ type: 'socket-waiting', url, running: queue.running, waiting: queue.size });
  }

  private tell(rest: Rest<SocketNetworkEvent>): void {
    this.teller.tell({ ...rest, socket: this.id });
  }
}

/** How it ended: with an error, whose cause may be a close, or by a close. */
function endOf(error: unknown): Pick<SocketEnd, 'meaning' | 'error'> {
  if (error === undefined || isNetworkError(error, 'aborted')) return { meaning: 'clean' };
  const { cause = error } = error as { readonly cause?: Partial<CloseReason> | undefined };
  const { reason } = cause as Partial<CloseReason>;
  const meaning = typeof reason === 'string' ? meaningOfClose(cause as CloseReason) : 'lost';
  if (cause === error && meaning === 'clean') return { meaning };
  const failure = cause === error && typeof reason === 'string' ? closeError(error as CloseReason, SOCKET) : error;
  return { meaning: meaning === 'refused' ? 'refused' : 'failed', error: shownError(failure) };
}

const SOCKET = { api: 'connectSocket', url: '' } as const;
