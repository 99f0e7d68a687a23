import { run, textOf } from './support/readme.js';

const [operator = '', itsTest = ''] = [...textOf('CONTRIBUTING.md').matchAll(/^```ts\n([^]*?)^```$/gm)].map(
  ([, code = '']) => code,
);

// Declares the tests of the template as tests of this file.
describe('the template of an operator', () => {
  const load = (id: string): object => {
    if (id.endsWith('/operators/end-after.js')) return run(operator, {}, load);
    return jest.requireActual(id.replace('../../src', '../src'));
  };
  run(itsTest, { describe, it, expect }, load);
});
