import { parseDeclarations, type Declarations, type Members, type TypeNode } from './typings-parser.js';

/**
 * What a value is made of, in few letters: `s` text, `n` number, `b` boolean, `a` array, `o` object, `B` buffer, `v`
 * nothing, `=word` that very text, `#Name` an interface, `(…` a function that gives what follows, `~…` a call whose
 * `success` gets what follows.
 */
export type Shape = string | { readonly [member: string]: Shape };

/** The members of `wx`, and the interfaces that they lead to. */
export interface WxTable {
  readonly members: { readonly [member: string]: Shape };
  readonly shapes: { readonly [name: string]: Shape };
}

const LETTERS: Readonly<Record<string, string>> = {
  string: 's',
  number: 'n',
  boolean: 'b',
  true: 'b',
  false: 'b',
  Array: 'a',
  ArrayBuffer: 'B',
  any: 'v',
  unknown: 'v',
  void: 'v',
  undefined: 'v',
  null: 'v',
  never: 'v',
  object: 'o',
  Object: 'o',
  Record: 'o',
  IAnyObject: 'o',
};

/** Reads `interface Wx` of the platform's typings, and what its members give back. */
export function readTypings(text: string): WxTable {
  const all = parseDeclarations(text);
  const shapes: Record<string, Shape> = {};
  const shape = createShaper(all, shapes);
  const members = Object.fromEntries([...membersOf('Wx', all)].map(([name, node]) => [name, shape(node)]));
  return { members, shapes };
}

function createShaper(all: Declarations, shapes: Record<string, Shape>): (node: TypeNode) => Shape {
  const shape = (node: TypeNode): Shape => {
    switch (node.is) {
      case 'literal':
        return `=${node.value}`;
      case 'array':
        return 'a';
      case 'object':
        return shapeOf(node.members);
      case 'unknown':
        return 'v';
      case 'function': {
        const result = successOf(node, all);
        if (result !== undefined) return `~${oneLine(shape(result))}`;
        return `(${oneLine(shape(node.returns))}`;
      }
      case 'name':
        return named(node.name.replace(/^.*\./, ''));
    }
  };
  const named = (name: string): Shape => {
    const letter = LETTERS[name];
    if (letter !== undefined) return letter;
    const alias = all.aliases.get(name);
    if (alias) return shape(alias);
    if (!all.interfaces.has(name)) return 'o';
    if (shapes[name] === undefined) {
      // In its place first: interfaces name themselves.
      shapes[name] = 'o';
      shapes[name] = shapeOf(membersOf(name, all));
    }
    return `#${name}`;
  };
  const shapeOf = (members: Members): Shape =>
    Object.fromEntries([...members].filter(([name]) => name !== '').map(([name, node]) => [name, shape(node)]));
  // An object that is written where it is used has no name to be told by.
  const oneLine = (one: Shape): string => (typeof one === 'string' ? one : 'o');
  return shape;
}

/** What `success` of a call gets, where the call takes callbacks or gives a promise of it. */
function successOf(call: Extract<TypeNode, { is: 'function' }>, all: Declarations): TypeNode | undefined {
  const { returns, parameters } = call;
  const promised = returns.is === 'name' && returns.name === 'PromisifySuccessResult' ? returns.args[1] : undefined;
  if (returns.is === 'name' && returns.name === 'Promise') return returns.args[0] ?? { is: 'unknown' };
  const [option] = parameters;
  const isVoid = returns.is === 'name' && returns.name === 'void';
  const taker = promised ?? (isVoid ? option : undefined);
  if (taker?.is !== 'name') return undefined;
  const members = membersOf(taker.name, all);
  if (!['success', 'fail', 'complete'].some((name) => members.has(name))) return undefined;
  const success = members.get('success');
  const known = success?.is === 'name' ? (all.aliases.get(success.name) ?? success) : success;
  return (known?.is === 'function' ? known.parameters[0] : undefined) ?? { is: 'unknown' };
}

function membersOf(name: string, all: Declarations): Members {
  const found = all.interfaces.get(name);
  if (!found) return new Map();
  return new Map([...found.bases.flatMap((base) => [...membersOf(base, all)]), ...found.members]);
}
