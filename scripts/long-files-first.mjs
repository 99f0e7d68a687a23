import TestSequencer from '@jest/test-sequencer';

/** Those of half a minute, the longest first; what mostly waits stands beside what computes. */
const LONG = [
  'tests/package/official-builder',
  // Whoever needs the package waits while the first builds it.
  'tests/examples/forty-requests',
  'tests/charsets/every-code',
  'tests/examples/uni-app',
  'tests/package/typings',
  'tests/readme-desk',
  'tests/package/published',
  'tests/cli/run/run',
  'tests/readme',
  'tests/testing/scenario',
];

/**
 * The order of the test files: on a fresh clone jest knows no durations and goes by the size of the files, so that a long
 * one may come last and leave a core idle.
 */
export default class LongFilesFirst extends TestSequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const at = LONG.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/${name}.test.ts`));
      return at < 0 ? LONG.length : at;
    };
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
}
