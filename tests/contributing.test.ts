import { readdirSync } from 'node:fs';
import { join } from 'node:path';
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

describe('decisions/', () => {
  const records = readdirSync(join(__dirname, '..', 'decisions'));

  it('each record has a number of its own, and says it', () => {
    const numbers = records.map((record) => record.slice(0, 4));
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(records.filter((record) => !textOf(`decisions/${record}`).startsWith(`# ${record.slice(0, 4)}: `))).toEqual(
      [],
    );
  });
});
