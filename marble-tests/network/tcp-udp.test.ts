import { tcp$, udp$ } from '../../src/sockets.js';
import { installGlobalWx } from '../../src/testing/index.js';

describe('tcp$ and udp$', () => {
  it('run over the global wx', () => {
    const made: string[] = [];
    const deaf = ['Connect', 'Message', 'Error', 'Close'].flatMap((name) => [
      [`on${name}`, () => undefined],
      [`off${name}`, () => undefined],
    ]);
    const make = (name: string) => () => {
      made.push(name);
      return { ...Object.fromEntries(deaf), connect: () => undefined, bind: () => 1, close: () => undefined };
    };
    const request = () => ({ abort: () => undefined });
    const remove = installGlobalWx({ request, createTCPSocket: make('tcp'), createUDPSocket: make('udp') });
    expect(made).toEqual([]);

    tcp$({ address: '192.168.1.20', port: 9_000 }).subscribe().unsubscribe();
    udp$().subscribe().unsubscribe();

    expect(made).toEqual(['tcp', 'udp']);
    remove();
  });
});
