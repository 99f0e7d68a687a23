import type { OperatorFunction } from 'rxjs';
import type { KitOptions } from './kit-options.js';
import { obeysTheLaws, type LawOptions } from './laws.js';
import { marbles } from './marbles.js';
import { scenario, type ScenarioOptions } from './scenario.js';

/** The kit, with options of your own as defaults. */
export interface TestKit {
  readonly marbles: typeof marbles;
  readonly scenario: typeof scenario;
  readonly obeysTheLaws: typeof obeysTheLaws;
}

/**
 * Makes a kit whose tests all run with the same options: your phone's domain lists, your runner's comparison.
 *
 * @example
 * ```ts
 * export const { marbles, scenario, obeysTheLaws } = createTestKit({
 *   assertDeepEqual: (actual, expected) => expect(actual).toStrictEqual(expected),
 *   simulator: { domains: { request: ['https://api.example.com'] } },
 * });
 * ```
 */
export function createTestKit(defaults: KitOptions & Pick<LawOptions<unknown>, 'describe' | 'it'> = {}): TestKit {
  const { describe, it, ...kit } = defaults;
  const laws = { ...kit, ...(describe && { describe }), ...(it && { it }) };
  return {
    marbles: (body, options) => marbles(body, { ...kit, ...options }),
    scenario: (body, options?: ScenarioOptions) => scenario(body, { ...kit, ...options }),
    obeysTheLaws: <T, R>(makeIdle: () => OperatorFunction<T, R>, options?: LawOptions<T, R>) =>
      obeysTheLaws(makeIdle, { ...laws, ...options }),
  };
}
