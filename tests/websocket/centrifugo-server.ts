import type { WebSocket } from 'ws';

interface Command {
  readonly id?: number;
  readonly connect?: object;
  readonly subscribe?: { readonly channel: string };
  readonly publish?: { readonly channel: string; readonly data: unknown };
}

/**
 * Centrifugo's JSON protocol, as far as connect, subscribe, publish and the server's ping: the server has no package
 * (decisions/0066), so that this one answers what a real one was seen to answer. It hangs up on one who does not pong.
 */
export function centrifugoServer(socket: WebSocket): void {
  const say = (...replies: readonly object[]) => socket.send(replies.map((reply) => JSON.stringify(reply)).join('\n'));
  let isAsked = false;

  const answer = ({ id, connect, subscribe, publish }: Command) => {
    if (connect) {
      say({ id, connect: { client: 'c', version: '6.9.1', ping: 25, pong: true } });
      isAsked = true;
      say({});
    } else if (isAsked && id === undefined) {
      isAsked = false;
    } else if (subscribe) {
      say({ id, subscribe: {} });
    } else if (publish && isAsked) {
      socket.close(3012, 'no pong');
    } else if (publish) {
      // To the one who publishes, too; a reply and a push may share a frame.
      const { channel, data } = publish;
      say({ push: { channel, pub: { data, offset: 1 } } }, { id, publish: {} });
    } else {
      socket.close(3501, 'bad request');
    }
  };
  socket.on('message', (data) => {
    for (const line of (data as Buffer).toString().split('\n')) answer(JSON.parse(line) as Command);
  });
}
