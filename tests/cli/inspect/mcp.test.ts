import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Desk } from '../../../src/desk/desk.js';
import { serveMcp } from '../../../src/cli/inspect/mcp.js';
import type { Har } from '../../../src/inspect.js';
import { answered, at, called, done, sent } from '../../../marble-tests/inspect/told.js';

const ofCall = (call: number, ...events: readonly object[]) => events.map((event) => ({ ...event, call }) as never);

describe('the desk, to an assistant', () => {
  const desk = new Desk();
  const client = new Client({ name: 'test', version: '1' });
  const acts: string[] = [];
  let close: () => Promise<void>;

  beforeAll(async () => {
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    close = await serveMcp(desk, ours);
    await client.connect(theirs);
  });
  afterAll(async () => {
    await client.close();
    await close();
  });

  const ask = async (name: string, given: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: given });
    const [{ text } = { text: '' }] = content as { readonly text: string }[];
    return { text, isError: isError === true };
  };

  it('has nothing to say before an app is there', async () => {
    expect(await ask('list_calls')).toMatchObject({
      isError: true,
      text: expect.stringContaining('no app is connected'),
    });
  });

  it('tells its tools', async () => {
    const { tools } = await client.listTools();

    expect(tools.map(({ name }) => name)).toEqual([
      'list_calls',
      'explain_call',
      'har',
      'go_offline',
      'enter_background',
    ]);
  });

  it('lists calls, explains one, and gives a HAR file', async () => {
    const inlet = desk.open('simulator', 'shop', {
      setOffline: (offline) => acts.push(`offline ${offline}`),
      setBackground: (background) => acts.push(`background ${background}`),
    });
    inlet.take([
      ...ofCall(
        17,
        called(0),
        at(0, 'queued', { waiting: 12, running: 10 }),
        sent(4_000),
        answered(9_000),
        ...done(9_000),
      ),
      ...ofCall(18, called(0), sent(0), answered(20), ...done(20)),
      ...ofCall(19, called(0), at(0, 'refused', { error: { code: 'domain-not-allowed', rule: 'DOM-1', what: 'x' } })),
    ]);

    expect(JSON.parse((await ask('list_calls', { min_ms: 1_000 })).text)).toEqual([
      {
        call: 17,
        method: 'GET',
        url: 'https://api.example.com/feed',
        outcome: 'completed',
        status: 200,
        ms: 9_000,
        phases: { waiting: 4_000, answering: 5_000 },
      },
    ]);
    expect(JSON.parse((await ask('list_calls', { outcome: 'refused', url: 'feed' })).text)).toMatchObject([
      { rule: 'DOM-1' },
    ]);
    expect(JSON.parse((await ask('list_calls', { limit: 1 })).text)).toHaveLength(1);
    expect((await ask('explain_call', { call: 17 })).text).toMatch(/^GET \/feed took 9\.0 s: 5\.0 s on the wire/);
    expect((await ask('explain_call', { call: 17, language: 'zh' })).text).toMatch(/^GET \/feed 用了 9\.0 秒/);
    expect((JSON.parse((await ask('har')).text) as Har).log.entries).toHaveLength(3);
  });

  it('does to a simulator what is asked for', async () => {
    await ask('go_offline');
    await ask('go_offline', { offline: false });
    await ask('enter_background', { source: 1 });
    await ask('enter_background', { background: false });

    expect(acts).toEqual(['offline true', 'offline false', 'background true', 'background false']);
  });

  it.each([
    ['explain_call', { call: 99 }, 'there is no call 99'],
    ['list_calls', { source: 7 }, 'there is no source 7; there are 1 (shop)'],
    ['dance', {}, "there is no tool 'dance'"],
  ])('says what is wrong with %s %j', async (name, given, what) => {
    expect(await ask(name, given)).toMatchObject({ isError: true, text: expect.stringContaining(what) });
  });
});
