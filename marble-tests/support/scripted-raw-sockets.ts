import { asyncScheduler } from 'rxjs';
import type { WxTcpPort, WxUdpPort } from '../../src/platform/wx-sockets.js';
import type { MarbleHelpers } from '../../src/testing/index.js';
import { scriptedListeners } from './scripted-listeners.js';

const bytes = (words: string) => Uint8Array.from(Buffer.from(words)).buffer;

/** A TCP socket whose events are a lane: `o` connected, `a`–`c` messages, `x` closed, `f` failed. */
export function tcpPhone({ cold }: MarbleHelpers, lane: string) {
  const log: string[] = [];
  const listeners = scriptedListeners('Connect', 'Message', 'Error', 'Close');
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);
  const wx: WxTcpPort = {
    createTCPSocket: (option) => ({
      ...(listeners.methods as object as ReturnType<WxTcpPort['createTCPSocket']>),
      connect({ address, port, timeout }) {
        note(`connect ${address}:${port} ${option?.type ?? ''} ${timeout ?? ''}`.trim());
        cold(lane).subscribe((mark) => {
          if (mark === 'o') listeners.tell('Connect', { remoteInfo: { address, port } });
          else if (mark === 'x') listeners.tell('Close');
          else if (mark === 'f') listeners.tell('Error', { errMsg: 'something new', errCode: -2, errNum: 111 });
          else listeners.tell('Message', { message: bytes(mark) });
        });
      },
      write: (data) => note(`write ${data as string}`),
      close: () => note('close'),
    }),
  };
  return { wx, log, listeners };
}

/** A UDP socket whose events are a lane: a digit is a datagram from 10.0.0.1–9, `x` closed, `f` failed. */
export function udpPhone({ cold }: MarbleHelpers, lane: string) {
  const log: string[] = [];
  const listeners = scriptedListeners('Message', 'Error', 'Close');
  const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);
  const wx: WxUdpPort = {
    createUDPSocket: (type) => ({
      ...(listeners.methods as object as ReturnType<WxUdpPort['createUDPSocket']>),
      bind(port = 40_000) {
        note(`bind ${port} ${type ?? ''}`.trim());
        cold(lane).subscribe((mark) => {
          if (mark === 'x') listeners.tell('Close');
          else if (mark === 'f') listeners.tell('Error', { errMsg: 'something new', errCode: 1 });
          else listeners.tell('Message', { message: bytes(mark), remoteInfo: { address: `10.0.0.${mark}`, port: 1 } });
        });
        return port;
      },
      send: ({ address, port, message, setBroadcast }) =>
        note(`send ${message as string} to ${address}:${port}${setBroadcast ? ' broadcast' : ''}`),
      setTTL: (ttl) => note(`ttl ${ttl}`),
      close: () => note('close'),
    }),
  };
  return { wx, log, listeners };
}
