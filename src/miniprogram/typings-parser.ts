/** A type, as far as values can be made of it. */
export type TypeNode =
  | { readonly is: 'name'; readonly name: string; readonly args: readonly TypeNode[] }
  | { readonly is: 'literal'; readonly value: string }
  | { readonly is: 'array' }
  | { readonly is: 'object'; readonly members: Members }
  | { readonly is: 'function'; readonly parameters: readonly TypeNode[]; readonly returns: TypeNode }
  | { readonly is: 'unknown' };

/** The members of an interface by name; of several signatures the last. */
export type Members = ReadonlyMap<string, TypeNode>;

/** The interfaces and the other names of a file of declarations. */
export interface Declarations {
  readonly interfaces: ReadonlyMap<string, { readonly members: Members; readonly bases: readonly string[] }>;
  readonly aliases: ReadonlyMap<string, TypeNode>;
}

const TOKEN = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\w$]+(?:\.[\w$]+)*|=>|\.\.\.|[^\s\w$]/g;
const UNKNOWN: TypeNode = { is: 'unknown' };

/** Reads the interfaces and type names of declarations; what values cannot be made of is skipped. */
export function parseDeclarations(text: string): Declarations {
  const tokens = text.replace(/\/\*[^]*?(?:\*\/|$)|\/\/.*/g, '').match(TOKEN) ?? [];
  const interfaces = new Map<string, { members: Members; bases: readonly string[] }>();
  const aliases = new Map<string, TypeNode>();
  const parser = createParser(tokens);
  while (!parser.atEnd()) {
    const word = parser.take();
    if (word === 'interface' || (word === 'class' && /^[A-Z]/.test(parser.next()))) {
      const name = parser.take();
      parser.skipAngles();
      const bases: string[] = [];
      if (parser.taken('extends')) {
        do {
          bases.push(parser.take());
          parser.skipAngles();
        } while (parser.taken(','));
      }
      interfaces.set(name, { members: parser.members(), bases });
    } else if (word === 'type' && /^[A-Z]/.test(parser.next())) {
      const name = parser.take();
      parser.skipAngles();
      if (parser.taken('=')) aliases.set(name, parser.type());
    }
  }
  return { interfaces, aliases };
}

function createParser(tokens: readonly string[]) {
  let at = 0;
  const next = (ahead = 0) => tokens[at + ahead] ?? '';
  const take = () => tokens[at++] ?? '';
  const taken = (token: string) => next() === token && take() !== '';

  /** Steps over `<…>`, `(…)` and their like, which begin here. */
  const skipBalanced = (open: string, close: string) => {
    let depth = 0;
    do {
      const token = take();
      if (token === open) depth++;
      else if (token === close) depth--;
      else if (token === '') return;
    } while (depth > 0);
  };
  const skipAngles = () => {
    if (next() === '<') skipBalanced('<', '>');
  };

  const members = (): Members => {
    const found = new Map<string, TypeNode>();
    take();
    while (next() !== '}' && next() !== '') {
      if (taken(',') || taken(';') || (next() === 'readonly' && /[\w'"]/.test(next(1)[0] ?? '') && taken('readonly')))
        continue;
      if (next() === '[') {
        skipBalanced('[', ']');
        taken('?');
        if (taken(':')) type();
        continue;
      }
      const name = next() === '(' || next() === '<' ? '' : take().replace(/^['"]|['"]$/g, '');
      taken('?');
      if (next() === '(' || next() === '<') found.set(name, signature(':'));
      else if (taken(':')) found.set(name, type());
    }
    take();
    return found;
  };

  const signature = (arrow: ':' | '=>'): TypeNode => {
    skipAngles();
    const parameters: TypeNode[] = [];
    take();
    while (next() !== ')' && next() !== '') {
      taken('...');
      if (next() === '{' || next() === '[') skipBalanced(next(), next() === '{' ? '}' : ']');
      else take();
      taken('?');
      parameters.push(taken(':') ? type() : UNKNOWN);
      taken(',');
    }
    take();
    return { is: 'function', parameters, returns: taken(arrow) ? type() : UNKNOWN };
  };

  const type = (): TypeNode => {
    taken('|');
    const options = [intersection()];
    while (taken('|')) options.push(intersection());
    if (taken('extends')) {
      type();
      taken('?');
      const yes = type();
      taken(':');
      type();
      return yes;
    }
    const isNothing = (node: TypeNode) => node.is === 'name' && ['null', 'undefined', 'void'].includes(node.name);
    return options.find((node) => !isNothing(node)) ?? options[0] ?? UNKNOWN;
  };

  const intersection = (): TypeNode => {
    taken('&');
    const first = postfix();
    while (taken('&')) postfix();
    return first;
  };

  const postfix = (): TypeNode => {
    let node = primary();
    // `[key: string]` is the next member: declarations have no need of semicolons.
    while (next() === '[' && next(2) !== ':') {
      node = next(1) === ']' ? { is: 'array' } : UNKNOWN;
      skipBalanced('[', ']');
    }
    return node;
  };

  const primary = (): TypeNode => {
    const token = next();
    if (token === '{') return { is: 'object', members: members() };
    if (token === '[') {
      skipBalanced('[', ']');
      return { is: 'array' };
    }
    if (token === '(' || token === '<') {
      if (token === '<' || isFunction()) return signature('=>');
      take();
      const inner = type();
      taken(')');
      return inner;
    }
    take();
    if (token === 'keyof' || token === 'typeof' || token === 'readonly' || token === 'infer') {
      const node = postfix();
      return token === 'readonly' ? node : UNKNOWN;
    }
    if (token === 'new') return signature('=>');
    if (token === 'import') {
      skipBalanced('(', ')');
      while (taken('.')) take();
      skipAngles();
      return UNKNOWN;
    }
    if (token === '-') return named(`-${take()}`);
    if (/^['"]/.test(token)) return { is: 'literal', value: token.slice(1, -1) };
    return named(token);
  };

  const named = (name: string): TypeNode => {
    const args: TypeNode[] = [];
    if (taken('<')) {
      while (next() !== '>' && next() !== '') {
        args.push(type());
        taken(',');
      }
      take();
    }
    return /^-?\d/.test(name) ? { is: 'name', name: 'number', args } : { is: 'name', name, args };
  };

  /** Whether an arrow comes after the brackets that begin here. */
  const isFunction = () => {
    const start = at;
    skipBalanced('(', ')');
    const is = next() === '=>';
    at = start;
    return is;
  };

  return { next, take, taken, skipAngles, members, type, atEnd: () => at >= tokens.length };
}
