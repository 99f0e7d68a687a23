import type { DeskCommand, DeskMessage } from '../protocol.js';

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
      const body = JSON.stringify(command);
      void fetch(`/command?${query}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    },
    harAddress: (source) => `/har?${query}&source=${source}`,
  };
}
