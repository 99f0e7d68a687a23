import { NEVER, type Observable } from 'rxjs';
import type { Network, NetworkError } from '../../src/index.js';
import { marbles, scriptedWx, type ScriptedWx } from '../../src/testing/index.js';
import { scriptedApp } from './scripted-app.js';

/** Expects that a call is refused for what it asks, at once and before the platform hears of it. */
export function expectRefused(
  callOn: (network: Network) => (request: never) => Observable<unknown>,
  request: unknown,
  api: string,
  message: string,
): void {
  marbles((helpers) => {
    const { network, wx } = scriptedApp(helpers, '', () => NEVER);
    const errors: NetworkError[] = [];

    callOn(network)(request as never).subscribe({ error: (error: NetworkError) => errors.push(error) });

    expect(errors.map((error) => [error.code, error.phase, error.api])).toEqual([['invalid-argument', 'check', api]]);
    expect(errors[0]?.message).toContain(message);
    expect(wx.log).toEqual([]);
  })();
}

/** Runs a test body where a silent `wx` is global, as on a phone. */
export function withGlobalWx(body: (wx: ScriptedWx) => void): void {
  const wx = scriptedWx(() => NEVER);
  Object.assign(globalThis, { wx });
  try {
    body(wx);
  } finally {
    Reflect.deleteProperty(globalThis, 'wx');
  }
}
