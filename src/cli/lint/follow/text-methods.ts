import { concatenated, textsOf } from './concatenate.js';
import type { Spot } from './module-facts.js';
import type { Follower, Text, Values } from './values.js';

/** Works out `text.replace(…)` and its siblings, as far as all of it is known. */
export function textMethod(
  name: string,
  object: Spot,
  given: readonly Spot[],
  spot: Spot,
  follower: Follower,
): Values | undefined {
  const values = follower.valuesOf(object);
  if (!values.some(({ kind }) => kind === 'text')) return undefined;
  if (name === 'concat') return concatenated([object, ...given], spot, follower);
  return textsOf(values, object).map((text) => changed(text, name, given, spot, follower));
}

const ENDED = /^[a-z]+:\/\/[^/?#]+[/?#]/i;

function changed(text: Text, name: string, given: readonly Spot[], spot: Spot, follower: Follower): Text {
  switch (name) {
    case 'trim':
      return text.lost ? text : { ...text, text: text.text.trim() };
    case 'replace':
    case 'replaceAll': {
      const replaced = text.lost ? undefined : replacedText(text.text, name, given, follower);
      if (replaced !== undefined) return { ...text, text: replaced };
      // A path with holes: the host stands.
      const [ended] = ENDED.exec(text.text) ?? [];
      return ended === undefined ? { ...text, text: '', lost: spot } : { ...text, text: ended, lost: spot };
    }
    case 'slice':
    case 'substring':
    case 'substr': {
      const [from, to] = given.map((part) => numberIn(part, follower));
      if (text.lost || from === undefined || (given.length > 1 && to === undefined)) {
        return { ...text, text: '', lost: spot };
      }
      return {
        ...text,
        text: name === 'substr' ? text.text.substring(from, from + (to ?? Infinity)) : text.text.slice(from, to),
      };
    }
    default:
      return text;
  }
}

function replacedText(text: string, name: string, given: readonly Spot[], follower: Follower): string | undefined {
  const [pattern, replacement] = given;
  if (!pattern || !replacement) return undefined;
  const [by, ...others] = follower.valuesOf(replacement);
  if (by?.kind !== 'text' || by.lost || others.length > 0 || text.length > 2_000) return undefined;
  if (pattern.node.type === 'RegExpLiteral') {
    // Only what cannot take long: no repetition within a repetition.
    if (pattern.node.pattern.length > 40 || /[*+}].*[*+{]/.test(pattern.node.pattern)) return undefined;
    try {
      return text.replace(new RegExp(pattern.node.pattern, pattern.node.flags), by.text);
    } catch {
      return undefined;
    }
  }
  const [what, ...more] = follower.valuesOf(pattern);
  if (what?.kind !== 'text' || what.lost || more.length > 0) return undefined;
  return name === 'replaceAll' ? text.replaceAll(what.text, by.text) : text.replace(what.text, by.text);
}

function numberIn(spot: Spot, follower: Follower): number | undefined {
  const [value, ...others] = follower.valuesOf(spot);
  return value?.kind === 'text' && !value.lost && others.length === 0 && /^\d+$/.test(value.text)
    ? Number(value.text)
    : undefined;
}
