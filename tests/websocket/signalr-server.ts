import { JsonHubProtocol, MessageType, NullLogger, type HubMessage } from '@microsoft/signalr';
import type { WebSocket } from 'ws';

const END = '\u001e';

/**
 * A hub of SignalR with one method, `echo`: the server has no package (decisions/0066), so that this one reads and writes by the
 * protocol's own code in the client's package. It pings first, as a server does.
 */
export function signalrServer(socket: WebSocket): void {
  const protocol = new JsonHubProtocol();
  const say = (message: HubMessage) => socket.send(protocol.writeMessage(message));
  const answer = (message: HubMessage) => {
    if (message.type !== MessageType.Invocation || message.invocationId === undefined) return;
    const { invocationId, target, arguments: given } = message;
    const result = target === 'echo' ? { result: given[0] as unknown } : { error: `Unknown hub method '${target}'` };
    say({ type: MessageType.Completion, invocationId, ...result });
  };

  socket.once('message', (first) => {
    const [head = '', ...rest] = (first as Buffer).toString().split(END);
    const { protocol: asked } = JSON.parse(head) as { readonly protocol?: string };
    if (asked !== protocol.name) {
      socket.send(JSON.stringify({ error: `The protocol '${asked}' is not supported.` }) + END);
      return;
    }
    socket.send(`{}${END}`);
    say({ type: MessageType.Ping });
    const read = (input: string) => protocol.parseMessages(input, NullLogger.instance).forEach(answer);
    if (rest.join('') !== '') read(rest.join(END));
    socket.on('message', (data) => read((data as Buffer).toString()));
  });
}
