/** What the tests use of it; it comes without types. */
declare module 'stomp-broker-js' {
  import type { Server } from 'node:http';

  class StompServer {
    constructor(options: { server: Server; path: string });
    subscribe(destination: string, hear: (body: string) => void): string;
    send(destination: string, header: Record<string, string>, body: string): void;
  }
  export default StompServer;
}
