/** What cannot be told without drawing the view: a function of a `.wxs`, an object that is written in place. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** Ends the reading of what cannot be told. */
class Untold extends Error {}

type Evaluate = (scope: object) => unknown;

const TOKEN =
  /\s*(?:([A-Za-z_$][\w$]*)|(\d+(?:\.\d+)?)|('[^']*'|"[^"]*")|(===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]]))/y;
const WORDS: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);
/** Weakest first. */
const LEVELS: readonly ReadonlyMap<string, (left: Evaluate, right: Evaluate) => Evaluate>[] = [
  new Map([['||', (left, right) => (scope) => left(scope) || right(scope)]]),
  new Map([['&&', (left, right) => (scope) => left(scope) && right(scope)]]),
  operators({
    '===': (a, b) => a === b,
    '!==': (a, b) => a !== b,
    // As the language compares, for the app wrote it so.
    // eslint-disable-next-line eqeqeq
    '==': (a, b) => a == b,
    // eslint-disable-next-line eqeqeq
    '!=': (a, b) => a != b,
  }),
  operators({ '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b }),
  operators({ '+': (a, b) => a + b, '-': (a, b) => a - b }),
  operators({ '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b }),
];

const compiled = new Map<string, Evaluate>();

/** What an attribute says: `a`, `{{a.b}}`, `a-{{b ? 1 : 2}}`; or `UNKNOWN`. */
export function attributeValue(written: string, scope: object): unknown {
  if (!written.includes('{{')) return written;
  try {
    const parts = written.trim().split('{{');
    const [whole = '', end, more] = (parts[1] ?? '').split('}}');
    if (parts.length === 2 && parts[0] === '' && end === '' && more === undefined) return expression(whole)(scope);
    const [first = '', ...rest] = written.split('{{');
    return rest.reduce((text, part) => {
      const [inner = '', after] = part.split('}}');
      if (after === undefined) throw new Untold();
      const value = expression(inner)(scope) as string | null | undefined;
      return `${text}${value ?? ''}${after}`;
    }, first);
  } catch {
    return UNKNOWN;
  }
}

function expression(text: string): Evaluate {
  const known = compiled.get(text);
  if (known) return known;
  const made = compile(text);
  compiled.set(text, made);
  return made;
}

function compile(text: string): Evaluate {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    const [, name, number, quoted, sign] = TOKEN.exec(text) ?? [];
    const token = name ?? number ?? quoted ?? sign;
    if (token === undefined) throw new Untold();
    tokens.push(token);
  }
  let at = 0;
  const taken = (token: string) => tokens[at] === token && at++ >= 0;
  const wanted = (token: string) => {
    if (!taken(token)) throw new Untold();
  };

  const choice = (): Evaluate => {
    const condition = binary(0);
    if (!taken('?')) return condition;
    const yes = choice();
    wanted(':');
    const no = choice();
    return (scope) => (condition(scope) ? yes(scope) : no(scope));
  };
  const binary = (level: number): Evaluate => {
    const signs = LEVELS[level];
    if (!signs) return unary();
    let left = binary(level + 1);
    for (let join = signs.get(tokens[at] ?? ''); join; join = signs.get(tokens[at] ?? '')) {
      at++;
      left = join(left, binary(level + 1));
    }
    return left;
  };
  const unary = (): Evaluate => {
    if (taken('!')) {
      const inner = unary();
      return (scope) => !inner(scope);
    }
    if (taken('-')) {
      const inner = unary();
      return (scope) => -(inner(scope) as number);
    }
    return member();
  };
  const member = (): Evaluate => {
    let owner = primary();
    for (;;) {
      const from = owner;
      if (taken('.')) {
        const name = tokens[at++] ?? '';
        owner = (scope) => fieldOf(from(scope), name);
      } else if (taken('[')) {
        const key = choice();
        wanted(']');
        owner = (scope) => fieldOf(from(scope), key(scope) as PropertyKey);
      } else if (taken('(')) {
        while (!taken(')')) {
          choice();
          taken(',');
        }
        owner = () => {
          throw new Untold();
        };
      } else return owner;
    }
  };
  const primary = (): Evaluate => {
    const token = tokens[at++];
    if (token === undefined) throw new Untold();
    if (token === '(') {
      const inner = choice();
      wanted(')');
      return inner;
    }
    if (token === '[') {
      const items: Evaluate[] = [];
      while (!taken(']')) {
        items.push(choice());
        taken(',');
      }
      return (scope) => items.map((item) => item(scope));
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (/^['"]/.test(token)) return () => token.slice(1, -1);
    if (WORDS.has(token)) return () => WORDS.get(token);
    if (!/^[\w$]/.test(token)) throw new Untold();
    return (scope) => fieldOf(scope, token);
  };

  const made = choice();
  if (at < tokens.length) throw new Untold();
  return made;
}

/** A view reads what is not there as undefined, and so on. */
function fieldOf(owner: unknown, key: PropertyKey): unknown {
  return owner === null || owner === undefined ? undefined : (owner as Record<PropertyKey, unknown>)[key];
}

function operators(signs: Readonly<Record<string, (a: number, b: number) => unknown>>) {
  return new Map(
    Object.entries(signs).map(([sign, act]) => {
      const join =
        (left: Evaluate, right: Evaluate): Evaluate =>
        (scope) =>
          act(left(scope) as number, right(scope) as number);
      return [sign, join] as const;
    }),
  );
}
