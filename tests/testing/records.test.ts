import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp, createNetwork } from '../../src/index.js';
import { fromHar, type CallRecord } from '../../src/inspect.js';
import { createTestKit, json, marbles, scenario } from '../../src/testing/index.js';

const URL_OF_ME = 'https://api.example.com/me';
const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-records-'));
const recordsFolder = join(folder, 'records');
const files = () => (existsSync(recordsFolder) ? readdirSync(recordsFolder) : []);
const recordsIn = (file: string) => fromHar(JSON.parse(readFileSync(join(recordsFolder, file), 'utf8')));
const said: string[] = [];
const thrownBy = (run: () => void) => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
};

beforeEach(() => {
  said.length = 0;
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(recordsFolder, { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const failing = (kit = { marbles }) =>
  kit.marbles(
    ({ wx, server, simulator, expectObservable, app }) => {
      server.get(URL_OF_ME).replies('---r|', { r: json({ id: 1, token: 'hunter2' }) });
      const http$ = createHttp(createNetwork({ wx, scheduler: simulator.scheduler }));
      app('-h-s');
      expectObservable(http$(`${URL_OF_ME}?token=hunter2`)).toBe('-#');
    },
    { recordsFolder },
  );

describe('recordsFolder', () => {
  // By now what writes them is loaded, as it is when a runner has found its tests.
  beforeAll(async () => {
    marbles(() => undefined, { recordsFolder: 'nowhere' });
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  it('has what the phone of a failed test did, in virtual time, named after the test, and says how it is opened', () => {
    thrownBy(failing());

    const name =
      'records.test.ts-recordsFolder-has-what-the-phone-of-a-failed-test-did-in-virtual-time-named-after-the-test-and-says-how-';
    expect(files()).toEqual([`${name.slice(0, 120)}.har`]);
    const records = recordsIn(files()[0]!) as readonly CallRecord[];
    expect(records).toMatchObject([{ kind: 'call', status: 200, calledAtMs: 0, durationMs: 4 }]);
    expect(JSON.stringify(records)).not.toContain('hunter2');
    expect(said).toEqual([expect.stringMatching(/^rx-miniprogram: .* npx rx-miniprogram inspect .*\.har\n$/)]);
  });

  it('is not made by a test that passes, nor by one without a phone', () => {
    marbles(
      ({ server, wx }) => {
        server.get(URL_OF_ME).replies('-r|', { r: json(1) });
        wx.request({ url: URL_OF_ME });
      },
      { recordsFolder },
    )();
    thrownBy(
      marbles(
        () => {
          throw new Error('of its own');
        },
        { recordsFolder },
      ),
    );

    expect(files()).toEqual([]);
    expect(said).toEqual([]);
  });

  it('has what the server complains of', () => {
    const error = thrownBy(
      marbles(
        ({ wx }) => {
          wx.request({ url: URL_OF_ME });
        },
        { recordsFolder },
      ),
    );

    expect(error.message).toContain(URL_OF_ME);
    expect(recordsIn(files()[0]!)).toMatchObject([{ method: 'GET', url: URL_OF_ME }]);
  });

  it.each(['what it threw', 'what the server has to say'])(
    'has the phone of a scenario that fails with %s',
    async (why) => {
      const told = scenario(
        async ({ wx, server, advance }) => {
          if (why === 'what it threw') server.get(URL_OF_ME).replies('-r|', { r: json(1) });
          wx.request({ url: URL_OF_ME });
          await advance(5);
          if (why === 'what it threw') throw new Error('wrong');
        },
        { recordsFolder },
      );

      await expect(told).rejects.toThrow();
      expect(recordsIn(files()[0]!)).toHaveLength(1);
    },
  );

  it('can be that of a whole kit, and is named by the place where the runner tells no name', () => {
    const state = jest.spyOn(expect, 'getState').mockReturnValue({} as never);
    const kit = createTestKit({ recordsFolder });
    thrownBy(failing(kit));
    state.mockRestore();

    expect(files()).toEqual([expect.stringMatching(/^records\.test\.ts-\d+\.har$/)]);
  });

  it('is the path of a folder', () => {
    expect(marbles(() => undefined, { recordsFolder: '' })).toThrow('recordsFolder: expected the path of a folder');
    expect(marbles(() => undefined, { recordsFolder: 5 as never })).toThrow('got 5');
  });
});

it('a test that fails in the turn in which it was written leaves its records a moment later', async () => {
  await jest.isolateModulesAsync(async () => {
    const fresh = await import('../../src/testing/index.js');
    thrownBy(
      fresh.marbles(
        ({ wx }) => {
          wx.request({ url: URL_OF_ME });
        },
        { recordsFolder },
      ),
    );
    for (let turn = 0; turn < 200 && files().length === 0; turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
  });
  expect(files()).toHaveLength(1);
});
