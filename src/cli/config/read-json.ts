import {
  findNodeAtLocation,
  parseTree,
  getNodeValue,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import type { Finding } from '../finding.js';
import { lineAndColumn, linesOf, type Lines, type Located, type ValuePath } from './located.js';
import { readText } from './read-text.js';

/** What came of reading a file. */
export type Read = { readonly located: Located } | { readonly finding: Finding };

/**
 * Reads JSON, with the places of its parts. Comments and final commas are taken, as the developer tools' neighbours
 * (Taro, uni-app, tsconfig) take them.
 *
 * @param file - The name to show.
 */
export function readJson(path: string, file: string): Read {
  const read = readText(path);
  if ('problem' in read) return broken({ file }, read.problem.en, read.problem.zh);

  const { text } = read;
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    // The parser recurses: only a text that was made to break it gets there.
    return broken({ file }, 'it is nested too deeply to read', '嵌套太深，无法读取');
  }

  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const reason = error === undefined ? 'ValueExpected' : printParseErrorCode(error.error);
    return broken(
      { file, ...lineAndColumn(text, error?.offset ?? 0) },
      `it is not JSON here: ${reason}`,
      `这里不是合法的 JSON：${reason}`,
    );
  }
  const lines = linesOf(text);
  return { located: { file, text, value: getNodeValue(root), placeOf: (path) => placeIn(root, lines, file, path) } };
}

function placeIn(root: Node, lines: Lines, file: string, path: ValuePath) {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return { file, ...lines.at(node.offset) };
  }
  return { file, ...lines.at(root.offset) };
}

function broken(place: Finding['place'], en: string, zh: string): Read {
  const fix = { en: 'put it right; the rest was checked without it', zh: '请改正；其余部分已在没有它的情况下检查' };
  return { finding: { severity: 'error', rule: 'config', place, what: { en, zh }, fix } };
}
