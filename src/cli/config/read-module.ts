import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parse } from '@babel/parser';
import type { Expression, File, Node } from '@babel/types';
import type { Place } from '../finding.js';
import { same } from '../language.js';
import { lineAndColumn, type ValuePath } from './located.js';
import { readText } from './read-text.js';
import type { Read } from './read-json.js';

/**
 * Runs a configuration written in JavaScript, or in TypeScript where this Node.js reads it, and takes its default export.
 *
 * @param file - The name to show.
 */
export async function readModule(path: string, file: string): Promise<Read> {
  const read = readText(path);
  if ('problem' in read) return { finding: { severity: 'error', rule: 'config', place: { file }, what: read.problem } };

  const { text } = read;
  try {
    // As it is now, not as it was before --fix.
    delete createRequire(path).cache[path];
    const loaded = (await import(`${pathToFileURL(path).href}?${performance.now()}`)) as { readonly default?: unknown };
    const root = exportedObject(text);
    return {
      located: { file, text, value: loaded.default ?? loaded, placeOf: (path) => placeIn(root, text, file, path) },
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what =
      code === 'ERR_UNKNOWN_FILE_EXTENSION'
        ? {
            en: 'this Node.js cannot read TypeScript (22.18 and later can); name it .mjs, or write JSON',
            zh: '当前 Node.js 不能直接读取 TypeScript（22.18 及以上可以）；请改用 .mjs 或 JSON',
          }
        : same(message);
    return { finding: { severity: 'error', rule: 'config', place: { file }, what } };
  }
}

function placeIn(root: SourceObject | undefined, text: string, file: string, path: ValuePath): Place {
  let found = root;
  for (const key of path) {
    const next = child(found, key);
    if (!next) break;
    found = next;
  }
  return { file, ...(found?.node.start != null && lineAndColumn(text, found.node.start)) };
}

/** A literal, and the names that it may be made of. */
export interface SourceObject {
  readonly node: Node;
  readonly constants: ReadonlyMap<string, Expression>;
}

/** The literal of the exported object, as far as it is one; also where entries are to be added. */
export function exportedObject(text: string): SourceObject | undefined {
  let program: File['program'];
  try {
    ({ program } = parse(text, { sourceType: 'unambiguous', plugins: ['typescript'], errorRecovery: true }));
  } catch {
    return undefined;
  }
  const constants = new Map<string, Expression>();
  let exported: Node | undefined;
  for (const statement of program.body) {
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (id.type === 'Identifier' && init) constants.set(id.name, init);
      }
    }
    if (statement.type === 'ExportDefaultDeclaration') exported = statement.declaration;
    if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
      const { left, right } = statement.expression;
      if (left.type === 'MemberExpression' && text.slice(left.start ?? 0, left.end ?? 0) === 'module.exports') {
        exported = right;
      }
    }
  }
  const node = unwrapped(exported, constants);
  return node && { node, constants };
}

/** Through `as const`, `satisfies`, `defineConfig(…)` and one name. */
function unwrapped(node: Node | null | undefined, constants: ReadonlyMap<string, Expression>): Node | undefined {
  switch (node?.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return unwrapped(node.expression, constants);
    case 'CallExpression':
      return unwrapped(node.arguments[0], constants);
    case 'Identifier': {
      const constant = constants.get(node.name);
      return constant && unwrapped(constant, new Map());
    }
    default:
      return node ?? undefined;
  }
}

/** The value under a key of an object literal, or at an index of an array literal. */
export function child(of: SourceObject | undefined, key: string | number): SourceObject | undefined {
  if (!of) return undefined;
  const { node, constants } = of;
  const value = node.type === 'ArrayExpression' ? node.elements[Number(key)] : valueUnder(node, key);
  const found = unwrapped(value, constants);
  return found && { node: found, constants };
}

function valueUnder(node: Node, key: string | number): Node | undefined {
  if (node.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties) {
    if (property.type !== 'ObjectProperty' || property.computed) continue;
    const { key: name } = property;
    if ((name.type === 'Identifier' && name.name === key) || (name.type === 'StringLiteral' && name.value === key)) {
      return property.value;
    }
  }
  return undefined;
}
