import type { DeskCommand, DeskMessage } from '../../../desk/protocol.js';

/** How the page stands to the desk. */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

/** The desk, as the page has it. */
export interface DeskConnection {
  send(command: DeskCommand): void;
  /** The HAR file of a source, as an address to save. */
  harAddress(source: number): string;
}

/** Connects to the desk by the code in the address, again and again. */
export function connect(
  code: string,
  onMessage: (message: DeskMessage) => void,
  onState: (state: ConnectionState) => void,
  onProblem: (what: string) => void,
): DeskConnection {
  const query = `code=${encodeURIComponent(code)}`;
  const refused = () => onState('refused');
  const begin = () => {
    const events = new EventSource(`/stream?${query}`);
    events.onopen = () => onState('connected');
    events.onerror = () => {
      // It gives up where the answer was no stream: the code is not that of the desk.
      if (events.readyState === EventSource.CLOSED) refused();
      else onState('lost');
    };
    events.onmessage = ({ data }: { readonly data: unknown }) => onMessage(JSON.parse(String(data)) as DeskMessage);
  };
  if (code === '') refused();
  else begin();
  return {
    send(command) {
      // What the desk does not take, such as a file that is no HAR, it says why.
      order(`/command?${query}`, command).catch((error: unknown) => onProblem((error as Error).message));
    },
    harAddress: (source) => `/har?${query}&source=${source}`,
  };
}

async function order(address: string, command: DeskCommand): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(command) });
  if (!response.ok) throw new Error(((await response.json()) as { readonly error: string }).error);
}
