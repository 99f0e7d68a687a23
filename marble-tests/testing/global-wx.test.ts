import { NEVER } from 'rxjs';
import { installGlobalWx, json, marbles, scriptedWx } from '../../src/testing/index.js';

const url = 'https://api.example.com/users';
const scope = globalThis as { wx?: ReturnType<typeof scriptedWx>; uni?: unknown };

describe('installGlobalWx', () => {
  it('puts a wx of the test into the global scope, until it is taken away', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    expect([scope.wx, scope.uni]).toEqual([wx, wx]);

    remove();
    expect(['wx' in globalThis, 'uni' in globalThis]).toEqual([false, false]);
  });

  it('puts back the phone of the running test', () => {
    const removePhone = installGlobalWx();
    installGlobalWx(scriptedWx(() => NEVER))();
    const told: unknown[] = [];

    marbles(({ server, flush }) => {
      server.get(url).replies('--r|', { r: json([1]) });
      scope.wx?.request({ url, success: ({ data }) => told.push(data) });
      flush();
    })();
    removePhone();

    expect(told).toEqual([[1]]);
    expect('wx' in globalThis).toBe(false);
  });
});
