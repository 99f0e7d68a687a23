import { Subject } from 'rxjs';
import type { CallDetails } from '../../platform/network-error.js';
import type { Network } from '../create-network.js';
import { internalsOf } from '../internals.js';
import { createChannels } from './channels.js';
import type { SocketContext } from './connection.js';
import { createCurrentConnection } from './current-connection.js';
import { alwaysInFront$ } from './cuts.js';
import { deviceNetwork$ } from '../device-network.js';
import type { SocketOptions } from './options.js';
import { createOutbox } from './outbox.js';
import { asIs, atOnce, json, type SocketSerializer } from './serializer.js';

/** Makes what the connections of one socket share. */
export function createSocketContext<In, Out>(
  network: Network,
  options: SocketOptions<In, Out>,
  told: Pick<SocketContext<In, Out>, 'lastError' | 'onConnecting' | 'watch'>,
): SocketContext<In, Out> {
  const { scheduler, settings, warn } = internalsOf(network);
  const { whenDown = 'buffer', maxBuffered = 100, serializer = 'json', channelOf } = options;
  const { interruptInBackground: isCut = settings.interruptInBackground } = options;
  const call: CallDetails = { api: 'connectSocket', url: options.url };

  return {
    ...told,
    network,
    options,
    serializer: (serializer === 'json' ? json : serializer === 'none' ? asIs : serializer) as SocketSerializer<In, Out>,
    call,
    app$: isCut ? network.app$ : alwaysInFront$,
    device$: deviceNetwork$(network),
    inbox$: new Subject<In>(),
    outbox: createOutbox({
      whenDown,
      maxBuffered,
      call,
      scheduler,
      onUnheard: (error) => warn(`unsent ${call.url}`, `a message was not sent, and nobody asked: ${String(error)}`),
    }),
    channels: createChannels<In, Out>(channelOf && ((message) => atOnce('channelOf', channelOf(message), call))),
    current: createCurrentConnection<In>(),
  };
}
