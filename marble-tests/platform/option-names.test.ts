import { NEVER } from 'rxjs';
import {
  allowDomains,
  createDownload,
  createHttp,
  createRequestQueue,
  createUpload,
  decodeBody,
  interruptInBackground,
  limitConcurrency,
  refuseInBackground,
  replayAfterInterruption,
  timeLimit,
} from '../../src/index.js';
import { createSocket, createTcp, createUdp, processInOrder, splitByLength, splitLines } from '../../src/sockets.js';
import { createStream, decodeText, parseJsonLines, parseServerSentEvents } from '../../src/streams.js';

describe('an option by a name that there is not', () => {
  it.each<[name: string, make: (options: never) => unknown, misspelt: string, known: string]>([
    ['allowDomains', (policy) => allowDomains(policy), 'domain', 'domains, api, device'],
    ['allowDomains', (options) => allowDomains({}, options), 'onRefuse', 'onRefused'],
    ['limitConcurrency', (options) => limitConcurrency(1, options), 'prioritiy', 'priority, '],
    ['decodeBody', (options) => decodeBody(options), 'charSet', 'as, charset, '],
    ['timeLimit', (limit) => timeLimit(limit), 'attemptMS', 'totalMs, attemptMs, idleMs, '],
    ['interruptInBackground', (options) => interruptInBackground(NEVER, options), 'grace', 'graceMs, '],
    ['refuseInBackground', (options) => refuseInBackground(NEVER, options), 'calls', 'call'],
    ['replayAfterInterruption', (options) => replayAfterInterruption(NEVER, options), 'max', 'when, maxReplays, '],
    ['createRequestQueue', (options) => createRequestQueue(options), 'concurency', 'concurrency, '],
    ['splitLines', (options) => splitLines(options), 'maxLine', ''],
    ['splitByLength', (options) => splitByLength(options), 'byte', 'bytes, '],
    ['processInOrder', (options) => processInOrder(() => [], options), 'max', 'maxWaiting, onOverflow, onDropped'],
    ['decodeText', (options) => decodeText(options), 'charSet', 'charset, decoders, fatal'],
    ['parseJsonLines', (options) => parseJsonLines(options), 'maxLine', ''],
    ['parseServerSentEvents', (options) => parseServerSentEvents(options), 'max', 'maxEventChars, '],
  ])('[K8.4] is refused when %s is made (%#)', (name, make, misspelt, known) => {
    expect(() => make({ [misspelt]: 1 } as never)).toThrow(TypeError);
    expect(() => make({ [misspelt]: 1 } as never)).toThrow(`${name}: Unknown option '${misspelt}'; known: ${known}`);
  });
});

describe('the options of a network in the place of the network', () => {
  it.each<[name: string, make: (network: never) => unknown]>([
    ['createHttp', createHttp],
    ['createStream', createStream],
    ['createUpload', createUpload],
    ['createDownload', createDownload],
    ['createSocket', createSocket],
    ['createTcp', createTcp],
    ['createUdp', createUdp],
  ])('[K8.4] are refused when %s is called', (_, make) => {
    const expected = new TypeError('rx-miniprogram: expected a network from createNetwork()');
    expect(() => make({ domains: {} } as never)).toThrow(expected);
    expect(() => make(undefined as never)).toThrow(expected);
  });
});
