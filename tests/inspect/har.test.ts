import { advance, type NetworkRecord } from '../../src/inspect/advance.js';
import { fromHar } from '../../src/inspect/from-har.js';
import { toHar } from '../../src/inspect/to-har.js';
import type { CallRecord } from '../../src/inspect/call-record.js';
import { answered, at, called, callOf, done, sent, socketAt, socketOf } from '../../marble-tests/inspect/told.js';

const profile = {
  invokeStart: 1_000,
  domainLookUpStart: 1_010,
  domainLookUpEnd: 1_030,
  connectStart: 1_030,
  connectEnd: 1_090,
  SSLconnectionStart: 1_050,
  SSLconnectionEnd: 1_090,
  requestEnd: 1_100,
  responseStart: 1_300,
  responseEnd: 1_340,
  protocol: 'h2',
  sendBytesCount: 120,
  receivedBytedCount: 900,
};
interface Validator {
  addMetaSchema(schema: object): void;
  addSchema(schemas: readonly object[]): void;
  compile(schema: object): ((value: unknown) => boolean) & { readonly errors?: unknown };
  errorsText(errors: unknown): string;
}

const START = Date.UTC(2026, 10, 28, 12);
const url = 'https://api.example.com/feed?page=***&size=***';
const error = { code: 'offline', phase: 'attempt', what: 'no network' } as const;

const RECORDS: readonly (readonly [string, NetworkRecord])[] = [
  [
    'waited and was held',
    callOf(
      called(START, { url }),
      at(START, 'queued', { waiting: 3, running: 10 }),
      at(START + 40, 'held', { reason: 'background' }),
      sent(START + 100),
      answered(START + 500, { profile }),
      ...done(START + 501),
    ),
  ],
  ['knows nothing of the wire', callOf(called(START), sent(START), answered(START + 10), ...done(START + 10))],
  ['was refused', callOf(called(START), at(START, 'refused', { error: { ...error, rule: 'DOM-1' } }))],
  ['failed', callOf(called(START), sent(START), at(START + 5, 'failed', { error }))],
  ['is under way', callOf(called(START), sent(START + 5))],
  [
    'has its bodies',
    {
      ...callOf(called(START), sent(START), answered(START + 10), ...done(START + 10)),
      requestBody: { text: '{"a":1}', cut: 0 },
      responseBody: { text: '[]', cut: 0 },
    },
  ],
  [
    'is a socket',
    socketOf(
      socketAt(START, 'socket-waiting', { url: 'wss://chat.example.com/room?k=***', running: 5, waiting: 0 }),
      socketAt(START + 5, 'socket-connecting', { url: 'wss://chat.example.com/room?k=***', generation: 1 }),
      socketAt(START + 9, 'socket-open', { generation: 1 }),
      socketAt(START + 90, 'socket-closed', { meaning: 'failed', error }),
    ),
  ],
];

// Not ours, and of the specification: https://github.com/ahmadnassri/har-schema.
const schemas = jest.requireActual<Record<string, { readonly $id?: string }>>('har-schema');
const { Ajv } = jest.requireActual<{ readonly Ajv: new (options: object) => Validator }>('ajv');
const ajv = new Ajv({ strict: false });
jest.requireActual<(ajv: Validator) => void>('ajv-formats')(ajv);
ajv.addMetaSchema(jest.requireActual<object>('ajv/dist/refs/json-schema-draft-06.json'));
ajv.addSchema(Object.values(schemas).filter(({ $id }) => $id !== undefined));
const isHar = ajv.compile({ $ref: 'har.json#' });

describe('toHar', () => {
  it('writes what the schema of HAR 1.2 asks for', () => {
    const har: unknown = JSON.parse(
      JSON.stringify(
        toHar(
          RECORDS.map(([, record]) => record),
          { name: 'shop', version: '3' },
        ),
      ),
    );

    expect(isHar(har) || ajv.errorsText(isHar.errors)).toBe(true);
    expect(isHar({ log: { version: '1.2', entries: [] } })).toBe(false);
  });

  it.each(RECORDS)('of one that %s has timings that add up', (_, record) => {
    const [entry] = toHar([record]).log.entries;
    const { ssl, ...timings } = entry!.timings;
    const sum = Object.values(timings).reduce((all, ms) => all + Math.max(0, ms), 0);

    expect(sum).toBe(entry!.time);
    expect(ssl).toBeLessThanOrEqual(timings.connect);
  });

  it('tells the queue from the background, and has the platform’s figures', () => {
    const [entry] = toHar([RECORDS[0]![1]]).log.entries;

    expect(entry).toMatchObject({
      startedDateTime: '2026-11-28T12:00:00.000Z',
      time: 501,
      _waiting: 40,
      _held: 60,
      _attempts: 1,
      request: { httpVersion: 'HTTP/2', bodySize: 120, queryString: [] },
      timings: { blocked: 100, dns: 20, connect: 60, ssl: 40, send: 20, wait: 200, receive: 101 },
    });
  });

  it('has −1 for what nobody knows', () => {
    const [entry] = toHar([RECORDS[1]![1]]).log.entries;

    expect(entry!.timings).toMatchObject({ dns: -1, connect: -1, ssl: -1 });
    expect(entry!.request).toMatchObject({ headersSize: -1, bodySize: -1, httpVersion: 'unknown' });
  });

  it('names the error of a call without an answer', () => {
    expect(toHar([RECORDS[2]![1]]).log.entries[0]!.response).toMatchObject({ status: 0, _error: 'offline [DOM-1]' });
  });

  it('has the names of a query', () => {
    const record = callOf(called(START, { url }));

    expect(toHar([record]).log.entries[0]!.request.queryString).toEqual([
      { name: 'page', value: '***' },
      { name: 'size', value: '***' },
    ]);
  });

  it('does not believe figures of connecting that do not fit into the time', () => {
    const broken = { ...profile, connectEnd: 9_000 };
    const record = callOf(called(START), sent(START), answered(START + 400, { profile: broken }), ...done(START + 400));

    expect(toHar([record]).log.entries[0]!.timings).toMatchObject({ dns: -1, connect: -1, ssl: -1 });
  });
});

describe('fromHar', () => {
  it.each(RECORDS)('of one that %s gives the record again', (_, record) => {
    expect(fromHar(JSON.parse(JSON.stringify(toHar([record]))))).toEqual([JSON.parse(JSON.stringify(record))]);
  });

  const foreign = {
    startedDateTime: '2026-11-28T12:00:00.000Z',
    time: 100,
    request: { method: 'POST', url: 'https://a.example.com/x', headers: [{ name: 'A', value: 'b' }, null] },
    response: { status: 201, headers: [], content: { size: 7 } },
    timings: { blocked: 10, dns: 5, connect: 20, ssl: 15, send: 1, wait: 60, receive: 4 },
  };

  it('reads the file of somebody else', () => {
    const [record] = fromHar({ log: { entries: [foreign] } }) as readonly CallRecord[];

    expect(record).toMatchObject({
      id: 1,
      client: 'plain',
      method: 'POST',
      calledAtMs: START,
      durationMs: 100,
      outcome: 'completed',
      status: 201,
      receivedSize: 7,
      requestHeaders: { A: 'b' },
      phases: { waiting: 10, sending: 26, answering: 60, receiving: 4 },
    });
  });

  it.each([
    ['without parts', { ...foreign, timings: undefined }, { outcome: 'completed', durationMs: 100 }],
    ['without an answer', { ...foreign, response: { status: 0 } }, { outcome: 'failed', status: undefined }],
    [
      'with almost nothing',
      { startedDateTime: foreign.startedDateTime, request: { url: '/' } },
      { method: 'GET', durationMs: 0 },
    ],
    ['of a part of ours', { ...foreign, _waiting: 2, _held: 6 }, { phases: { waiting: 2, held: 6 } }],
  ])('reads an entry %s', (_, entry, expected) => {
    expect(fromHar({ log: { entries: [entry] } })[0]).toMatchObject(expected);
  });

  it.each([undefined, null, {}, { log: {} }, { log: { entries: {} } }])('refuses %j', (har) => {
    expect(() => fromHar(har)).toThrow('fromHar: expected an object with log.entries, as a HAR file has it');
  });

  it.each([{}, null, { request: {}, startedDateTime: 'now' }, { request: { url: '/' }, startedDateTime: 'now' }])(
    'refuses an entry like %j',
    (entry) => {
      expect(() => fromHar({ log: { entries: [entry] } })).toThrow(
        'log.entries[0] has no request, or no startedDateTime',
      );
    },
  );

  it('gives records that can go on', () => {
    const [record] = fromHar(toHar([RECORDS[4]![1]]));

    expect(advance(record, done(START + 9)[1]!)).toMatchObject({ outcome: 'completed' });
  });
});
