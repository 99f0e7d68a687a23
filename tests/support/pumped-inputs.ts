import { visitRegExpAST, type AST } from '@eslint-community/regexpp';

const SAMPLES = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).concat('\n', '\0', '中');
// Letters first: they are what most classes are about.
const CHARACTERS = ['a', 'b', '1', ' ', ...SAMPLES];

/**
 * Texts on which an expression that is not linear is slow: for each part that repeats without bound, what stands before
 * it again and again (each place is a start that comes to nothing), and what it repeats, with an end that fits nowhere.
 */
export function pumpedInputs(pattern: AST.Pattern, flags: string, length: number): readonly string[] {
  const inputs: string[] = [];
  visitRegExpAST(pattern, {
    onQuantifierEnter(part) {
      if (part.max !== Infinity) return;
      const before = wordBefore(part, flags);
      const item = wordOf(part.element, flags);
      const times = (text: string) => text.repeat(Math.ceil(length / Math.max(1, text.length)));
      inputs.push(times(before), times(before + item), `${before}${times(item)}\n\0`);
    },
  });
  return inputs;
}

/** A short text that leads to a part: one word for each element before it, and before the groups that it is in. */
function wordBefore(part: AST.Node, flags: string): string {
  const { parent } = part;
  if (!parent) return '';
  if (parent.type !== 'Alternative') return wordBefore(parent, flags);
  const before = parent.elements.slice(0, parent.elements.indexOf(part as AST.Element));
  return wordBefore(parent, flags) + before.map((element) => wordOf(element, flags)).join('');
}

function wordOf(part: AST.Element, flags: string): string {
  switch (part.type) {
    case 'Character':
      return String.fromCodePoint(part.value);
    case 'CharacterClass':
    case 'CharacterSet':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^${part.raw}$`, flags.replace(/[gy]/g, ''));
      return CHARACTERS.find((character) => one.test(character)) ?? '';
    }
    case 'Quantifier':
      return wordOf(part.element, flags).repeat(part.min);
    case 'Group':
    case 'CapturingGroup':
      return part.alternatives[0]?.elements.map((element) => wordOf(element, flags)).join('') ?? '';
    // A look around takes no character, and a reference repeats what may be empty.
    default:
      return '';
  }
}
