import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/cache.js';
import { publicNames, type EntryNames } from './support/public-names.js';

/** A list that is changed by hand: each new name is a decision, and each that goes breaks somebody. */
const decided = read<Record<string, EntryNames>>('tests/package/exports.json');

/** RxJS whole, as it is: its names are not ours to list. */
const NOT_OURS = './rxjs';

/** It stands for the platform's `wx`: what its members take and tell has names in the official typings. */
const TYPED_BY_THE_PLATFORM = new Set(['SimulatedWx']);

const doors = new Map(
  Object.entries(read<{ exports: Record<string, unknown> }>('package.json').exports).flatMap(([entry, target]) => {
    const file = (target as { readonly import?: { readonly default: string } }).import?.default;
    return file === undefined || entry === NOT_OURS
      ? []
      : [[entry, file.replace(/^\.\/dist\/esm\/(.*)\.js$/, '$1.ts')]];
  }),
);
const names = publicNames(doors);

describe('the entries', () => {
  it('are those that were decided', () => {
    expect([...doors.keys()].sort()).toEqual(Object.keys(decided).sort());
  });

  it.each([...doors.keys()])('%s exports what was decided, in exports.json beside this test', (entry) => {
    expect(names.of(entry)).toEqual(decided[entry]);
  });

  it('export each type that what they export names', () => {
    expect(names.unreachable(TYPED_BY_THE_PLATFORM)).toEqual([]);
  });

  it('mean one thing by one name', () => {
    expect(names.ambiguous()).toEqual([]);
  });
});

function read<Json>(path: string): Json {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Json;
}
