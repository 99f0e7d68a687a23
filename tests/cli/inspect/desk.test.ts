import { get } from 'node:http';
import { firstValueFrom, filter, NEVER, of, type Subscription } from 'rxjs';
import { WebSocket } from 'ws';
import { Desk } from '../../../src/desk/desk.js';
import { servePage, type PageServer } from '../../../src/desk/page-server.js';
import { servePhones, type PhoneServer } from '../../../src/cli/inspect/phone-server.js';
import { pairingCode } from '../../../src/desk/pairing-code.js';
import type { DeskMessage } from '../../../src/desk/protocol.js';
import { createHttp, createNetwork, type HttpInterceptor } from '../../../src/index.js';
import { sendToDesk, toHar, type CallRecord } from '../../../src/inspect.js';
import { createSimulator, type Simulator } from '../../../src/simulator/index.js';
import { httpResponse } from '../../../src/testing/index.js';
import { cli, folderWith } from '../support/cli.js';

const CODE = 'TESTCODE';
const SECRET = 'hunter2';

const desk = new Desk();
const wrongCodes: string[] = [];
const warnings: string[] = [];
let page: PageServer;
let phones: PhoneServer;
let simulator: Simulator;

beforeAll(async () => {
  page = await servePage(desk, CODE, 0, 'zh');
  const news = { onPhone: () => undefined, onWrongCode: (address: string) => wrongCodes.push(address) };
  phones = await servePhones(desk, CODE, { host: '127.0.0.1', port: 0 }, news);
  simulator = createSimulator({ urlCheck: false });
});
afterAll(async () => {
  await simulator.close();
  await Promise.all([page.close(), phones.close()]);
});

const answered: HttpInterceptor = () => of(httpResponse({ body: { token: SECRET } }));

function app(interceptor = answered) {
  const network = createNetwork({
    wx: simulator.wx,
    domains: { request: ['https://api.example.com'] },
    interceptors: [interceptor],
    onWarning: (message) => warnings.push(message),
  });
  return { network, http$: createHttp(network) };
}

const url = () => `ws://127.0.0.1:${phones.port}`;
const next = <Type extends DeskMessage['type']>(type: Type) =>
  firstValueFrom(
    desk.messages$.pipe(
      filter((message): message is Extract<DeskMessage, { readonly type: Type }> => message.type === type),
    ),
  );
const at = (path: string) => page.url.replace(/#.*/, path.slice(1));
const fetched = async (path: string, init?: RequestInit) => {
  const response = await fetch(at(path), init);
  return { status: response.status, text: await response.text() };
};

describe('the desk', () => {
  it('shows what a phone with the right code tells, without its secrets and without its own socket', async () => {
    const { network, http$ } = app();
    const source = next('source');
    const life = sendToDesk(network, { url: url(), token: CODE, name: 'my phone' });
    expect(await source).toMatchObject({ kind: 'phone', name: 'my phone', connected: true, controllable: false });

    const events = next('events');
    http$({ url: `https://api.example.com/me?token=${SECRET}`, header: { Authorization: SECRET } }).subscribe();
    await events;
    const [record] = desk.records();
    expect(record).toMatchObject({ kind: 'call', outcome: 'completed', answeredFrom: 'interceptor' });
    expect(JSON.stringify(desk.snapshot())).not.toContain(SECRET);
    expect(desk.snapshot().flatMap((message) => (message.type === 'snapshot' ? message.records : []))).toHaveLength(1);
    expect(warnings.join()).toContain('takes one of the five places for sockets (LIM-3)');

    const gone = next('source');
    life.unsubscribe();
    expect(await gone).toMatchObject({ connected: false });
  });

  it('takes nothing from a phone with another code, which stops asking', async () => {
    const { network } = app(() => NEVER);
    const before = desk.sources().length;
    const life = sendToDesk(network, { url: url(), token: 'guessed' });
    await until(() => life.closed);

    expect(desk.sources()).toHaveLength(before);
    expect(wrongCodes).toHaveLength(1);
    expect(warnings.join()).toContain('the desk has refused: another code');
  });

  it.each([
    ['no message of ours', 'hello', 4400],
    ['events before the code', JSON.stringify({ type: 'events', events: [], dropped: 0 }), 4403],
    ['null', 'null', 4400],
  ])('closes to one who says %s', async (_, said, code) => {
    const socket = new WebSocket(url());
    socket.on('open', () => socket.send(said));
    const closed = await new Promise<number>((resolve) => socket.on('close', resolve));

    expect(closed).toBe(code);
  });

  it('outlives a phone that tells nonsense', async () => {
    const socket = new WebSocket(url());
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', version: 1, token: CODE, name: 'x' }));
      const events = [null, { type: 'called', atMs: 1, call: 1, url: 'a' }, { type: 'sent', atMs: 1, call: 1 }];
      socket.send(JSON.stringify({ type: 'events', events, dropped: 'x' }));
    });
    const closed = await new Promise<number>((resolve) => socket.on('close', resolve));

    expect(closed).toBe(4400);
  });

  it('does nothing in a released app, unless it is forced to', () => {
    const released = { ...simulator.wx, getAccountInfoSync: () => ({ miniProgram: { envVersion: 'release' } }) };
    const said: string[] = [];
    const network = createNetwork({ wx: released, onWarning: (message) => said.push(message) });
    const life: Subscription = sendToDesk(network, { url: url(), token: CODE });

    expect(life.closed).toBe(true);
    expect(said).toEqual([expect.stringContaining('does nothing in a released app')]);
  });

  it.each([
    [
      { url: 'http://a', token: 'x' },
      "url must begin with ws:// or wss://, as rx-miniprogram inspect prints it; got 'http://a'",
    ],
    [{ url: 'ws://a', token: 1 }, 'token must be a string; got 1'],
  ])('refuses %j', (options, what) => {
    expect(() => sendToDesk(app().network, options as never)).toThrow(what);
  });
});

describe('the page of the desk', () => {
  it('has the code in its fragment, and without it nothing', async () => {
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=TESTCODE$/);
    expect(await fetched('/')).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
    expect(await fetched('/stream')).toMatchObject({ status: 403 });
    expect(await fetched('/har?code=WRONGONE')).toMatchObject({ status: 403 });
    expect(await fetched('/command', { method: 'POST', body: '{}' })).toMatchObject({ status: 403 });
  });

  it('answers to no other name', async () => {
    const status = await new Promise((resolve) => {
      get(at('/'), { headers: { host: 'evil.example.com' } }, ({ statusCode }) => resolve(statusCode));
    });

    expect(status).toBe(403);
  });

  it('streams what there is, and what happens', async () => {
    const cancel = new AbortController();
    const response = await fetch(at(`/stream?code=${CODE}`), { signal: cancel.signal });
    const messages: DeskMessage[] = [];
    const reading = readLines(response, (message) => messages.push(message)).catch(() => undefined);
    await until(() => messages.some(({ type }) => type === 'snapshot'));
    desk.open('simulator', 'another').take([{ type: 'queue-paused', reason: 'user', atMs: 1 }]);
    await until(() => messages.some(({ type }) => type === 'events'));
    cancel.abort();
    await reading;

    expect(messages[0]).toEqual({ type: 'hello', version: 1, language: 'zh' });
    expect(messages[messages.length - 1]).toMatchObject({ type: 'events', events: [{ type: 'queue-paused' }] });
  });

  const ask = (command: unknown) => fetched(`/command?code=${CODE}`, { method: 'POST', body: JSON.stringify(command) });

  it('opens a HAR file, gives it back, and clears it', async () => {
    const [record] = desk.records(1);
    const har = toHar([record as CallRecord]);
    expect(await ask({ type: 'open-har', name: 'a.har', har })).toEqual({ status: 204, text: '' });
    const source = desk.sources().length;

    const given = await fetched(`/har?code=${CODE}&source=${source}`);
    expect((JSON.parse(given.text) as typeof har).log.entries).toHaveLength(1);
    expect((JSON.parse(given.text) as typeof har).log.creator.name).toBe('rx-miniprogram');
    await ask({ type: 'clear', source });
    expect(desk.records(source)).toEqual([]);
  });

  it('does to a simulator what the page asks for, and to nothing else', async () => {
    const done: string[] = [];
    const inlet = desk.open('simulator', 'app', {
      setOffline: (offline) => done.push(`offline ${offline}`),
      setBackground: (background) => done.push(`background ${background}`),
    });
    const { source } = inlet;
    for (const type of ['go-offline', 'go-online', 'enter-background', 'enter-foreground']) await ask({ type, source });
    expect(done).toEqual(['offline true', 'offline false', 'background true', 'background false']);

    inlet.end();
    expect(await ask({ type: 'go-offline', source })).toMatchObject({
      status: 400,
      text: expect.stringContaining('is not a simulator that runs'),
    });
  });

  it.each([
    [{ type: 'clear', source: 99 }, 'there is no source 99'],
    [{ type: 'dance', source: 1 }, "there is no command 'dance'"],
    [null, 'there is no source undefined'],
    [{ type: 'open-har', name: 'x', har: {} }, 'expected an object with log.entries'],
  ])('refuses %j', async (command, what) => {
    expect(await ask(command)).toMatchObject({ status: 400, text: expect.stringContaining(what) });
  });

  it('knows no other address', async () => {
    expect(await fetched(`/nothing?code=${CODE}`)).toMatchObject({ status: 404 });
  });
});

describe('a desk that is full', () => {
  it('lets go of sources that are gone, and counts what it drops', () => {
    const full = new Desk();
    const first = full.open('phone', 'first');
    first.end();
    for (let index = 0; index < 16; index++) full.open('phone', `phone ${index}`);
    expect(full.sources().map(({ name }) => name)).not.toContain('first');

    const told: DeskMessage[] = [];
    full.messages$.subscribe((message) => told.push(message));
    const inlet = full.open('phone', 'busy');
    inlet.dropped(5);
    inlet.dropped(5);
    expect(told.filter(({ type }) => type === 'dropped')).toEqual([{ type: 'dropped', source: 18, dropped: 5 }]);
  });
});

describe('rx-miniprogram inspect', () => {
  const folder = folderWith({ 'a.har': toHar([]) });

  it('says where the page is, and how an app gets there', async () => {
    const { code, output } = await cli(folder, [
      'inspect',
      'a.har',
      '--port',
      '0',
      '--phone-port',
      '0',
      '--for',
      '1s',
      '--lang',
      'en',
    ]);

    expect(code).toBe(0);
    expect(output).toMatch(
      /^page {4}http:\/\/127\.0\.0\.1:\d+\/#code=[A-Z2-9]{8}\napp {5}sendToDesk\(network, \{ url: 'ws:\/\/127\.0\.0\.1:\d+', token: '[A-Z2-9]{8}' \}\)\n/,
    );
    expect(output).toContain('--lan');
  });

  it.each([
    [['--port', 'x'], "--port: expected a number from 0 to 65535; got 'x'"],
    [['--code', 'short'], '--code: expected at least 8 characters'],
    [['nothing.har'], 'nothing.har: ENOENT'],
    [['--phone-port', 'TAKEN'], '--phone-port'],
  ])('refuses %j', async (args, what) => {
    const given = args.map((arg) => (arg === 'TAKEN' ? String(phones.port) : arg));
    const { code, errors } = await cli(folder, ['inspect', ...given, '--lang', 'en']);

    expect(code).toBe(2);
    expect(errors).toContain(what);
  });

  it('makes codes that differ', () => {
    expect(new Set(Array.from({ length: 50 }, pairingCode)).size).toBe(50);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function readLines(response: Response, take: (message: DeskMessage) => void): Promise<void> {
  let text = '';
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(bytes).toString('utf8');
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part.replace(/^data: /, '')) as DeskMessage);
  }
}
