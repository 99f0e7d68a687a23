import type { Node } from '@babel/types';
import type { Frame, Spot } from './module-facts.js';
import type { Value, Values } from './values.js';

/** How deep an expression is followed, and how far: what takes longer is lost, so that a lint has an end. */
const MAX_DEPTH = 120;
const MAX_STEPS = 4_000;
/** What took that many is not begun again, even if it would come out better on another way. */
const HEAVY_STEPS = 200;

/** From here on the same is told once, and no more than so many: `html = html.replace(…)` doubles in each round. */
const MANY_VALUES = 16;
const MAX_VALUES = 256;
const MAX_OTHERS = 64;

const SETTLED = /^[a-z]+:\/\/[^/?#]+[/?#]/i;

const WHOLE = Infinity;
const CUT_SHORT = -1;

/** What an expression came to, and how far it can be relied on. */
interface Remembered {
  readonly values: Values;
  /** Whether it depends on who calls whom. */
  readonly asksCallers: boolean;
  /** It was cut short by a circle that closes at this depth, and holds as long as that one is being worked out. */
  readonly cutAt: number;
  readonly head: Node | undefined;
}

/** What is being looked up in a value. */
interface LookUp {
  readonly name: string;
  readonly frame: Frame | undefined;
  /** The depth of the expression that asks. */
  readonly askedAt: number;
}

/** What is known within one call of a function, or outside of any. */
interface Memory {
  readonly known: Map<Node, Remembered>;
  /** What is being worked out, and how deep. */
  readonly active: Map<Node, number>;
}

/** Works out each expression once, however many ask for it. */
export interface ValueMemory {
  readonly valuesOf: (spot: Spot) => Values;
  /** Looks up something in a value, unless that is being looked up already: `a = { ...a, b }`, `a = [...a, b]`. */
  readonly lookUp: (of: Spot, name: string, run: () => Values) => Values;
  /** Begins to count steps anew. */
  readonly begin: () => void;
  /** Says that what is being worked out depends on who calls whom. */
  readonly callersAsked: () => void;
  /** Runs something, and tells whether it depended on that. */
  readonly asksCallers: (run: () => void) => boolean;
  /** Forgets all that depends on who calls whom. */
  readonly forgetCallers: () => void;
}

/** Remembers what `evaluate` comes to. A circle is cut where it closes, and told from what is whole. */
export function rememberValues(evaluate: (spot: Spot) => Values): ValueMemory {
  const outside: Memory = { known: new Map(), active: new Map() };
  let frames = new WeakMap<Frame, Memory>();
  const path: Node[] = [];
  let steps = 0;
  let asked = 0;
  /** The depth at which the outermost circle closes that was met since. */
  let cutAt = WHOLE;

  const memoryOf = (frame: Frame): Memory => {
    let memory = frames.get(frame);
    if (!memory) frames.set(frame, (memory = { known: new Map(), active: new Map() }));
    return memory;
  };

  const valuesOf = (spot: Spot): Values => {
    const { node, frame } = spot;
    if (isPlain(node)) return evaluate(spot);
    const { known, active } = frame ? memoryOf(frame) : outside;
    const before = known.get(node);
    if (before && (before.cutAt === WHOLE || path[before.cutAt] === before.head)) {
      if (before.asksCallers) asked++;
      cutAt = Math.min(cutAt, before.cutAt);
      return before.values;
    }
    const closesAt = active.get(node);
    if (closesAt !== undefined) {
      cutAt = Math.min(cutAt, closesAt);
      return [];
    }
    const depth = path.length;
    if (depth > MAX_DEPTH || ++steps > MAX_STEPS) {
      cutAt = CUT_SHORT;
      return [{ kind: 'lost', spot }];
    }

    const outer = { cutAt, asked, steps };
    cutAt = WHOLE;
    path.push(node);
    active.set(node, depth);
    const values = distinct(evaluate(spot));
    active.delete(node);
    path.pop();

    // A circle that closes here, or within, is whole now.
    if (cutAt >= depth || steps - outer.steps > HEAVY_STEPS) cutAt = WHOLE;
    if (cutAt !== CUT_SHORT) {
      const head = cutAt === WHOLE ? undefined : path[cutAt];
      known.set(node, { values, asksCallers: asked > outer.asked, cutAt, head });
    }
    cutAt = Math.min(cutAt, outer.cutAt);
    return values;
  };

  const lookUps = new Map<Node, LookUp[]>();
  let lookUpDepth = 0;
  const lookUp: ValueMemory['lookUp'] = ({ node, frame }, name, run) => {
    let open = lookUps.get(node);
    if (!open) lookUps.set(node, (open = []));
    const same = open.find((other) => other.name === name && other.frame === frame);
    if (same || lookUpDepth > MAX_DEPTH) {
      cutAt = Math.min(cutAt, same?.askedAt ?? CUT_SHORT);
      return [];
    }
    open.push({ name, frame, askedAt: path.length - 1 });
    lookUpDepth++;
    const values = run();
    lookUpDepth--;
    open.pop();
    return values;
  };

  return {
    valuesOf,
    lookUp,
    begin: () => (steps = 0),
    callersAsked: () => asked++,
    asksCallers: (run) => {
      const before = asked;
      run();
      return asked > before;
    },
    forgetCallers: () => {
      for (const [node, { asksCallers }] of outside.known) if (asksCallers) outside.known.delete(node);
      frames = new WeakMap();
    },
  };
}

function distinct(values: Values): Values {
  if (values.length <= MANY_VALUES) return values;
  const addresses = new Map<unknown, Value>();
  const others = new Map<unknown, Value>();
  for (const value of values) {
    const into = value.kind === 'text' && SETTLED.test(value.text) ? addresses : others;
    const key = keyOfValue(value);
    if (into.size < MAX_VALUES && !into.has(key)) into.set(key, value);
  }
  // A hundred paths must not hide the one address among them.
  return [...addresses.values(), ...[...others.values()].slice(0, MAX_OTHERS)];
}

function keyOfValue(value: Value): unknown {
  if (value.kind === 'text') {
    // Of what has its host the literal in which that stands is told, and no path behind it.
    if (SETTLED.test(value.text) && value.origin && !value.development) return value.origin.node;
    return `${value.development ? 'd' : ''}${value.lost ? 'l' : ''}:${value.text}`;
  }
  return value.kind === 'lost' || value.kind === 'nothing' ? value.kind : value;
}

/** What is worked out faster than it is looked up. */
function isPlain({ type }: Node): boolean {
  return (
    type === 'StringLiteral' ||
    type === 'ObjectExpression' ||
    type === 'ArrowFunctionExpression' ||
    type === 'FunctionExpression' ||
    type === 'NumericLiteral'
  );
}
