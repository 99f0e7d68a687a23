import type { Expression, Node } from '@babel/types';

/** What can be known of an expression's text without running it. */
export interface StaticText {
  readonly text: string;
  /** Whether that is all of it. */
  readonly complete: boolean;
  /** The operands that are not part of the text: they may hold other texts. */
  readonly rest: readonly Node[];
  /** The constants that it was put together from. */
  readonly constants: readonly string[];
}

/** Constants of a file that are texts. */
export type Constants = ReadonlyMap<string, string>;

/** Reads literals, templates, concatenations and constants as far as they are known, from the left. */
export function staticText(node: Node, constants: Constants): StaticText {
  let text = '';
  let complete = true;
  const rest: Node[] = [];
  const used: string[] = [];

  for (const part of partsOf(node)) {
    const known = typeof part === 'string' ? part : textOf(part, constants);
    if (complete && known !== undefined) {
      text += known;
      if (typeof part !== 'string' && part.type === 'Identifier') used.push(part.name);
    } else {
      complete = false;
      if (typeof part !== 'string') rest.push(part);
    }
  }
  return { text, complete, rest, constants: used };
}

/** Whether it is for `staticText` to read. */
export function isTextual(node: Node): node is Expression {
  return (
    node.type === 'StringLiteral' ||
    node.type === 'TemplateLiteral' ||
    (node.type === 'BinaryExpression' && node.operator === '+')
  );
}

/** The operands from left to right. A loop, not recursion: generated code adds thousands in a row. */
function partsOf(node: Node): (string | Node)[] {
  const parts: (string | Node)[] = [];
  const waiting: (string | Node)[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (next.type === 'StringLiteral') parts.push(next.value);
    else if (next.type === 'BinaryExpression' && next.operator === '+') waiting.push(next.right, next.left);
    else if (next.type === 'TemplateLiteral') {
      for (let index = next.quasis.length - 1; index >= 0; index--) {
        const expression = next.expressions[index];
        if (expression) waiting.push(expression);
        waiting.push(next.quasis[index]?.value.cooked ?? '');
      }
    } else if (next.type === 'TSAsExpression' || next.type === 'TSNonNullExpression') waiting.push(next.expression);
    else parts.push(next);
  }
  return parts;
}

function textOf(node: Node, constants: Constants): string | undefined {
  return node.type === 'Identifier' ? constants.get(node.name) : undefined;
}
