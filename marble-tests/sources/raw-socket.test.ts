import type { Observable } from 'rxjs';
import { tcpSocket$, udpSocket$, type WxTcpPort, type WxUdpPort } from '../../src/sockets.js';

// A client that knows how to listen, but not how to stop.
const clientWithoutOff = (log: string[]) => {
  const on = () => undefined;
  const socket = {
    ...{ onConnect: on, onMessage: on, onError: on, onClose: on, connect: on, bind: () => 9_000 },
    close: () => log.push('closed'),
  };
  return { createTCPSocket: () => socket, createUDPSocket: () => socket } as unknown as WxTcpPort & WxUdpPort;
};

describe('leaving a TCP or UDP socket', () => {
  it.each([
    [
      'tcpSocket$',
      (wx: WxTcpPort & WxUdpPort): Observable<unknown> => tcpSocket$({ address: '192.168.1.20', port: 9_000 }, { wx }),
    ],
    ['udpSocket$', (wx: WxTcpPort & WxUdpPort): Observable<unknown> => udpSocket$({}, { wx })],
  ])('%s closes it, also where the client has no off', (_, open) => {
    const log: string[] = [];

    const leaving = () => open(clientWithoutOff(log)).subscribe().unsubscribe();

    expect(leaving).not.toThrow();
    expect(log).toEqual(['closed']);
  });
});
