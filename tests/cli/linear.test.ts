import { listsOf } from '../../src/cli/config/domain-shapes.js';
import { componentParts } from '../../src/cli/lint/syntax/component-parts.js';
import { visible } from '../../src/cli/terminal/visible.js';

const LENGTH = 1_000_000;

const PIECES = [
  ...['<script>', '<script type="application/json">', '<script ', '</script>', '<script></script>', '<', '>'],
  ...['"', "'", '\\', 'a', ' ', '\t', '\n', ';', '；, ', '\u001b['],
];

const READERS: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
  ['lint of a .vue', (text) => componentParts(text)],
  ['lint of a .mpx whose script is closed at its end', (text) => componentParts(`${text}\n</script>`)],
  ['the list of hosts', (text) => listsOf(text.slice(0, 200_000), undefined as never, [])],
  ['what a terminal shows', visible],
];

describe('[K7] time grows with the length of what is read, and not with its square', () => {
  it.each(READERS)(
    '%s',
    (_name, read) => {
      for (const piece of PIECES) {
        const text = piece.repeat(LENGTH / piece.length);
        const begun = process.cpuUsage().user;
        read(text);
        const ms = (process.cpuUsage().user - begun) / 1_000;
        expect({ piece, slow: ms > 1_000 ? Math.round(ms) : false }).toEqual({ piece, slow: false });
      }
    },
    120_000,
  );
});
