import { downloadFile$, NetworkError, request$, uploadFile$ } from '../../src/index.js';
import { connectSocket$, tcpSocket$, udpSocket$ } from '../../src/sockets.js';

const url = 'https://api.example.com/a';

describe('what a source is made with', () => {
  it.each<[name: string, make: () => unknown, what: string]>([
    [
      'request$',
      () => request$({ url, timeout: 1 } as never),
      "Unknown option 'timeout'; write timeoutMs, in milliseconds",
    ],
    ['request$', () => request$({ url, enableHttp2: true } as never), 'write platform: { enableHttp2: true }'],
    ['request$', () => request$({ url, timeoutMs: 0 }), 'timeoutMs must be a positive number of milliseconds'],
    ['request$', () => request$(undefined as never), 'expected an object with options; got undefined'],
    [
      'uploadFile$',
      () => uploadFile$({ url, file: 'a', name: 'a' } as never),
      "Unknown option 'file'; known: url, filePath, name",
    ],
    ['downloadFile$', () => downloadFile$({ url, headers: {} } as never), "Unknown option 'headers'; write header"],
    [
      'connectSocket$',
      () => connectSocket$({ url, protocol: 'a' } as never),
      "Unknown option 'protocol'; known: url, header, protocols",
    ],
    [
      'tcpSocket$',
      () => tcpSocket$({ host: 'a', port: 9_000 } as never),
      "Unknown option 'host'; known: address, port",
    ],
    ['udpSocket$', () => udpSocket$({ TTL: 1 } as never), "Unknown option 'TTL'; known: port, type, ttl"],
  ])('[K8.4] %s is refused when it is made (%#)', (_, make, what) => {
    let refusal: unknown;
    try {
      make();
    } catch (error) {
      refusal = error;
    }

    expect(refusal).toBeInstanceOf(NetworkError);
    expect(refusal).toMatchObject({ code: 'invalid-argument', phase: 'check', what: expect.stringContaining(what) });
  });
});
