import { socketQueue } from '../network/sockets/place.js';
import type { SocketEnd, SocketNetworkEvent } from '../network/network-event.js';
import type { SocketStatus } from '../network/sockets/status.js';
import type { SocketWatch } from '../network/watching.js';
import { meaningOfClose, type CloseReason } from '../platform/close-code.js';
import { utf8Bytes } from '../platform/utf8-bytes.js';
import { shownError, shownUrl } from './shown.js';
import type { Teller } from './teller.js';

type Rest<Event> = Event extends SocketNetworkEvent ? Omit<Event, 'atMs' | 'socket'> : never;

/** Tells what becomes of one socket, over all its connections. */
export class SocketTeller implements SocketWatch {
  private readonly url: string;
  private state: SocketStatus['state'] = 'closed';

  constructor(
    private readonly teller: Teller,
    private readonly id: number,
    url: string,
  ) {
    this.url = shownUrl(url);
  }

  status(
    { state, generation, error }: Pick<SocketStatus, 'state' | 'generation' | 'error'>,
    retryInMs: number | undefined,
  ): void {
    const { url, state: before } = this;
    this.state = state;
    switch (state) {
      case 'waiting': {
        const { running, size: waiting } = socketQueue(this.teller.shared).snapshot();
        this.tell({ type: 'socket-waiting', url, running, waiting });
        break;
      }
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

  message(direction: 'in' | 'out', data: string | ArrayBuffer): void {
    if (!this.teller.isHeard) return;
    const bytes = typeof data === 'string' ? utf8Bytes(data).length : data.byteLength;
    this.tell({ type: 'socket-message', direction, bytes });
  }

  private tell(rest: Rest<SocketNetworkEvent>): void {
    this.teller.tell({ ...rest, socket: this.id });
  }
}

/** How it ended. What the server said by its close is the cause of the error. */
function endOf(error: unknown): Pick<SocketEnd, 'meaning' | 'error'> {
  if (error === undefined) return { meaning: 'clean' };
  const { cause } = error as { readonly cause?: Partial<CloseReason> | undefined };
  const isRefused = typeof cause?.reason === 'string' && meaningOfClose(cause as CloseReason) === 'refused';
  return { meaning: isRefused ? 'refused' : 'failed', error: shownError(error) };
}
