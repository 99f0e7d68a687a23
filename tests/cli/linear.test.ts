import { listsOf } from '../../src/cli/config/domain-shapes.js';
import { componentParts } from '../../src/cli/lint/syntax/component-parts.js';
import { parseScript } from '../../src/cli/lint/syntax/parse-script.js';
import { viewTagsOf } from '../../src/miniprogram/view-tags.js';
import { transformModule } from '../../src/miniprogram/transform-module.js';
import { visible } from '../../src/cli/terminal/visible.js';

const LENGTH = 1_000_000;

const PIECES = [
  ...[
    '<script>',
    '<script type="application/json">',
    '<script ',
    '</script>',
    '<script></script>',
    '<!--',
    '<a b="',
    '<',
    '>',
  ],
  ...['"', "'", '\\', 'a', ' ', '\t', '\n', ';', '；, ', '\u001b['],
];

const READERS: readonly (readonly [name: string, read: (text: string) => unknown])[] = [
  ['lint of a .vue', (text) => componentParts(text)],
  ['lint of a .mpx whose script is closed at its end', (text) => componentParts(`${text}\n</script>`)],
  ['the list of hosts', (text) => listsOf(text.slice(0, 200_000), undefined as never, [])],
  ['what a terminal shows', visible],
  // Each letter of it an error that the parser would mend.
  ['lint of a .js', (text) => parseScript(text.slice(0, 150_000), 'app.js')],
  ['lint of a .ts', (text) => parseScript(text.slice(0, 150_000), 'app.ts')],
  ['the tags of a .wxml', (text) => viewTagsOf(text, new Set(['input']))],
  ['what is a module', (text) => transformModuleOr(text)],
];

/** As `run` reads a script; what is none is refused. */
function transformModuleOr(text: string): unknown {
  try {
    return transformModule('app.js', text);
  } catch (error) {
    return error;
  }
}

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
