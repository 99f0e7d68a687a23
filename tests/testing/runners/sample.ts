import { rejects, strictEqual, throws } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { map } from 'rxjs';
import { createHttp, createNetwork } from '../../../src/index.js';
import { createTestKit, installGlobalWx, json, type AssertDeepEqual } from '../../../src/testing/index.js';

const users = 'https://api.example.com/users';

/** What a runner brings. */
interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => unknown) => unknown;
  readonly assertDeepEqual?: AssertDeepEqual;
}

/** The same few tests, declared with whatever runner: how an app would test its own network code. */
export function declareSample(runner: Runner): void {
  const { describe, it } = runner;
  const { marbles, scenario, obeysTheLaws } = createTestKit(runner);

  describe('the kit', () => {
    obeysTheLaws(() => map((value: string) => value));

    it(
      'runs marbles',
      marbles(({ wx, server, app, expectObservable, expectCalls }) => {
        server
          .get(users)
          .replies('-')
          .replies('--r|', { r: json([{ id: 1 }]) });
        const http$ = createHttp(createNetwork({ wx }));
        app('               -h 8s s');

        expectObservable(http$(users).pipe(map(({ body }) => body))).toBe('8005ms (u|)', { u: [{ id: 1 }] });
        expectCalls(server.get(users)).toBe(['^ 5000ms !', '8002ms ^']);
      }),
    );

    it('is red where it should be', () => {
      throws(marbles(({ cold, expectObservable }) => expectObservable(cold('-a|')).toBe('--a|')));
      throws(
        marbles(({ server }) => void server.get(users).replies('-r|')),
        /1 promised answer was never asked for/,
      );
    });

    it('leaves what the phone did, where a test fails', async () => {
      const recordsFolder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-sample-'));
      const broken = scenario(
        async ({ server, advance, wx }) => {
          server.get(users).replies('--r|', { r: json([]) });
          wx.request({ url: users });
          await advance(5);
          strictEqual(1, 2);
        },
        { recordsFolder },
      );
      await rejects(broken);
      const files = readdirSync(recordsFolder);
      rmSync(recordsFolder, { recursive: true });
      strictEqual(files.length, 1);
      strictEqual(/^sample\.ts-\d+\.har$/.test(String(files[0])), true);
    });

    it('runs a scenario on a client with promises', async () => {
      installGlobalWx();
      await scenario(async ({ server, advance }) => {
        server.get(users).replies('--r|', { r: json([{ id: 1 }]) });
        const answer = new Promise((resolve) => wx.request({ url: users, success: ({ data }) => resolve(data) }));
        await advance(3);
        strictEqual(JSON.stringify(await answer), '[{"id":1}]');
      });
    });
  });
}
