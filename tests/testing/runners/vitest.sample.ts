import { describe, expect, it } from 'vitest';
import { installGlobalWx, json, scenario } from '../../../src/testing/index.js';
import { declareSample } from './sample.js';

declareSample({
  describe: (name, body) => describe(name, body),
  it: (name, body) => it(name, body),
  assertDeepEqual: (actual, expected) => expect(actual).toStrictEqual(expected),
});

// Here, because Node.js and Jest cannot load it as it is shipped.
it('luch-request, which calls the global uni', async () => {
  installGlobalWx();
  const { default: Luch } = (await import('luch-request')) as unknown as {
    default: new () => { get(url: string): Promise<{ data: unknown }> };
  };
  const users = 'https://api.example.com/users';
  const client = new Luch();
  for (const round of [1, 2]) {
    await scenario(async ({ server, advance }) => {
      server.get(users).replies('--r|', { r: json([{ id: round }]) });
      const answer = client.get(users);
      await advance(3);
      expect((await answer).data).toEqual([{ id: round }]);
    });
  }
});
