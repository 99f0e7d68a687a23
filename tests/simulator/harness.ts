import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import type { RequestOption, RequestTask } from '../../src/simulator/apis/request-types.js';
import { called, type Told } from '../support/called.js';
import { startTestServer, type SeenRequest, type TestAnswer, type TestServer } from '../support/test-server.js';

const DOMAINS = ['https://api.example.com', 'https://other.example.com'];

/** A server that poses as `api.example.com`, and phones that can reach it. */
export interface Harness {
  readonly server: TestServer;
  /** A phone whose domains are the server's; closed with the harness. */
  readonly phone: (options?: SimulatorOptions) => Simulator;
  /** Calls `wx.request` on a new phone; a path means the server. */
  readonly call: (
    option: RequestOption,
    options?: SimulatorOptions,
    onTask?: (task: RequestTask) => void,
  ) => Promise<Told>;
}

/** Starts a server before the tests of a file, and stops it and every phone after them. */
export function useHarness(
  answer: (request: SeenRequest) => TestAnswer,
  serverOptions?: { readonly tls?: boolean },
): Harness {
  let server: TestServer;
  const phones: Simulator[] = [];

  beforeAll(async () => {
    server = await startTestServer(answer, serverOptions);
  });
  afterAll(async () => {
    await Promise.all(phones.map((phone) => phone.close()));
    await server.stop();
  });

  const phone = (options: SimulatorOptions = {}) => {
    const { ca, lookup } = server;
    const made = createSimulator({
      domains: { request: DOMAINS, uploadFile: DOMAINS, downloadFile: DOMAINS },
      ca,
      lookup,
      ...options,
    });
    phones.push(made);
    return made;
  };
  return {
    get server() {
      return server;
    },
    phone,
    call: ({ url, ...option }, options, onTask) =>
      called(
        phone(options).wx.request,
        { ...option, url: url.startsWith('/') ? `https://api.example.com${url}` : url },
        onTask,
      ),
  };
}
