import type { Node } from '@babel/types';
import type { Spot } from './module-facts.js';
import { textValue, type Follower, type Text, type Values } from './values.js';

/** More are not told apart. */
const MAX_TEXTS = 64;

const HOST_ENDED = /^[a-z]+:\/\/[^/?#]+[/?#]/i;
const HOST_BEGUN = /^[a-z]+:\/\/./i;

/** A part of a text: as it is written, or yet to be worked out. */
export type Part = Text | Spot;

/**
 * Puts texts together from left to right, in all their variants. Once the host has ended, the rest is of no matter and is
 * not worked out.
 */
export function concatenated(parts: readonly Part[], whole: Spot, follower: Follower): Values {
  let heads: readonly Text[] = [textValue('', undefined)];
  for (const part of parts) {
    if (heads.every(isSettled)) break;
    const tails = 'kind' in part ? [part] : textsOf(follower.valuesOf(part), part);
    const joined = new Map<string, Text>();
    for (const head of heads) {
      if (isSettled(head)) add(joined, head);
      // One address behind another is no address: the source takes the one or the other.
      else for (const tail of tails) if (!isTwo(head, tail)) add(joined, together(head, tail));
    }
    heads = [...joined.values()].slice(0, MAX_TEXTS);
  }
  return heads.map((head) => (head.origin === undefined ? { ...head, origin: whole } : head));
}

function isSettled({ text, lost }: Text): boolean {
  return lost !== undefined || HOST_ENDED.test(text);
}

function isTwo(head: Text, tail: Text): boolean {
  return HOST_BEGUN.test(head.text) && HOST_BEGUN.test(tail.text);
}

function together(head: Text, tail: Text): Text {
  const text = head.text + tail.text;
  return {
    kind: 'text',
    text,
    lost: tail.lost,
    // Where the host begins.
    origin: HOST_BEGUN.test(head.text) || !HOST_BEGUN.test(text) ? (head.origin ?? tail.origin) : tail.origin,
    development: head.development || tail.development,
    guessed: head.guessed || tail.guessed,
  };
}

function add(texts: Map<string, Text>, text: Text): void {
  const key = `${text.development ? 'd' : ''}${text.lost ? 'l' : ''}:${text.text}`;
  if (!texts.has(key)) texts.set(key, text);
}

/** The texts among some values; anything else is a text that is not known. */
export function textsOf(values: Values, spot: Spot): readonly Text[] {
  if (values.length === 0) return [{ ...textValue('', undefined), lost: spot }];
  return values.flatMap((value) => {
    if (value.kind === 'nothing') return [];
    return value.kind === 'text'
      ? [value]
      : [{ ...textValue('', undefined), lost: value.kind === 'lost' ? value.spot : spot }];
  });
}

/** The operands from left to right. A loop, not recursion: generated code adds thousands in a row. */
export function partsOf(spot: Spot): Part[] {
  const parts: Part[] = [];
  const waiting: (Node | Text)[] = [spot.node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('kind' in next && next.kind === 'text') parts.push(next);
    else if (next.type === 'BinaryExpression') {
      const { left, right, operator } = next;
      if (operator === '+') waiting.push(right, left);
      else parts.push({ ...spot, node: next });
    } else if (next.type === 'TemplateLiteral') {
      const { quasis, expressions } = next;
      for (let index = quasis.length - 1; index >= 0; index--) {
        const expression = expressions[index];
        if (expression) waiting.push(expression);
        const text = quasis[index]?.value.cooked ?? '';
        if (text !== '') waiting.push(textValue(text, { ...spot, node: next }));
      }
    } else parts.push({ ...spot, node: next });
  }
  return parts;
}
