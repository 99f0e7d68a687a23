import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fromHar, type CallRecord } from '../../src/inspect.js';
import { createSimulator, scriptWire, type Simulator } from '../../src/simulator/index.js';

const URL_OF_ME = 'https://api.example.com/me?token=hunter2';
const made: Simulator[] = [];
function simulatorOf(): Simulator {
  const wire = scriptWire({ 'GET https://api.example.com/me': { body: '{}', afterMs: 5 } });
  const simulator = createSimulator({ urlCheck: false, wire });
  made.push(simulator);
  return simulator;
}
/** A call by no client of ours. */
const called = ({ wx }: Simulator) =>
  new Promise((resolve) => wx.request({ url: URL_OF_ME, complete: () => resolve(undefined) }));

const codeOf = (url: string) => new URL(url).hash.replace('#code=', '');
const asked = (url: string, path: string, init?: RequestInit) =>
  fetch(new URL(`${path}${path.includes('?') ? '&' : '?'}code=${codeOf(url)}`, url), init);
async function recordsAt(url: string, source: number): Promise<readonly CallRecord[]> {
  const answer = await asked(url, `/har?source=${source}`);
  return fromHar(await answer.json()) as readonly CallRecord[];
}

describe('inspect() of a simulator', () => {
  afterEach(() => Promise.all(made.splice(0).map((simulator) => simulator.close())));

  it('shows what the app does, by whatever client, to who has the code', async () => {
    const simulator = simulatorOf();
    const { url, close } = await simulator.inspect({ name: 'shop' });
    await called(simulator);

    const records = await recordsAt(url, 1);
    expect(records).toMatchObject([{ kind: 'call', client: 'plain', outcome: 'completed', status: 200 }]);
    expect(JSON.stringify(records)).not.toContain('hunter2');
    expect((await fetch(new URL('/har', url))).status).toBe(403);
    await close();
    await close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('shares one page among the simulators of a process, until the last is closed', async () => {
    const [one, two] = [simulatorOf(), simulatorOf()];
    const first = await one.inspect({ name: 'one' });
    const second = await two.inspect({ name: 'two' });
    await called(two);
    await first.close();

    expect(second.url).toBe(first.url);
    expect(await recordsAt(second.url, 1)).toHaveLength(0);
    expect(await recordsAt(second.url, 2)).toHaveLength(1);
    await second.close();
    const third = await one.inspect();
    expect(third.url).not.toBe(first.url);
    await third.close();
  });

  it('has buttons for the network and the background, while the simulator is there', async () => {
    const simulator = simulatorOf();
    const types: string[] = [];
    simulator.events$.subscribe(({ type }) => types.push(type));
    const { url, close } = await simulator.inspect();
    const command = async (type: string) =>
      (await asked(url, '/command', { method: 'POST', body: JSON.stringify({ type, source: 1 }) })).status;

    for (const type of ['go-offline', 'go-online', 'enter-background', 'enter-foreground'])
      expect(await command(type)).toBe(204);
    expect(types).toEqual(['network', 'network', 'hidden', 'shown']);
    await simulator.close();
    expect(await command('go-offline')).toBe(400);
    await close();
  });

  it('says what is wrong with its options, and that a port is taken', async () => {
    const simulator = simulatorOf();
    expect(() => simulator.inspect({ nmae: 'shop' } as never)).toThrow("Unknown option 'nmae'");
    expect(() => simulator.inspect({ port: 70_000 })).toThrow('port must be a whole number from 0 to 65535');

    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(simulator.inspect({ port })).rejects.toThrow('EADDRINUSE');
    taken.close();
    const { url, close } = await simulator.inspect();
    expect(url).toContain('http://127.0.0.1:');
    await close();
  });

  it('keeps no process alive, though somebody looks', async () => {
    const script = `
      import { createSimulator, scriptWire } from './src/simulator/index.js';
      const simulator = createSimulator({ urlCheck: false, wire: scriptWire({}) });
      simulator.inspect().then(({ url }) => {
        console.log(url);
        process.stdin.once('data', () => process.stdin.unref());
      });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const impatience = setTimeout(() => child.kill(), 20_000);
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const { status, body } = await asked(String(said).trim(), '/stream');
    const reader = body!.getReader();
    expect([status, (await reader.read()).done]).toEqual([200, false]);
    child.stdin.write('that is all');

    expect(await once(child, 'exit')).toEqual([0, null]);
    clearTimeout(impatience);
    await reader.cancel().catch(() => undefined);
  }, 30_000);
});
