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

/** What something came to, and how far it can be relied on. */
interface Remembered {
  readonly values: Values;
  /** Whether it depends on who calls whom. */
  readonly asksCallers: boolean;
  /** It was cut short by a circle that closes at this depth, and holds as long as that one is being worked out. */
  readonly cutAt: number;
  readonly head: Task | undefined;
}

/** An expression, or a name that is looked up in one. */
interface Task {
  known: Remembered | undefined;
  /** How deep it is being worked out. */
  activeAt: number | undefined;
}

/** What is known within one call of a function, or outside of any. */
interface Memory {
  readonly expressions: Map<Node, Task>;
  readonly lookUps: Map<Node, Map<string, Task>>;
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
  const outside = emptyMemory();
  let frames = new WeakMap<Frame, Memory>();
  const path: Task[] = [];
  let steps = 0;
  let asked = 0;
  let lookUpDepth = 0;
  /** The depth at which the outermost circle closes that was met since. */
  let cutAt = WHOLE;

  const memoryOf = (frame: Frame | undefined): Memory => {
    if (!frame) return outside;
    let memory = frames.get(frame);
    if (!memory) frames.set(frame, (memory = emptyMemory()));
    return memory;
  };

  /** What is known of it; in a circle that closes here, nothing. */
  const recall = ({ known, activeAt }: Task): Values | undefined => {
    if (known && (known.cutAt === WHOLE || path[known.cutAt] === known.head)) {
      if (known.asksCallers) asked++;
      cutAt = Math.min(cutAt, known.cutAt);
      return known.values;
    }
    if (activeAt === undefined) return undefined;
    cutAt = Math.min(cutAt, activeAt);
    return [];
  };

  const workOut = (task: Task, run: () => Values): Values => {
    const depth = path.length;
    const outer = { cutAt, asked, steps };
    cutAt = WHOLE;
    path.push(task);
    task.activeAt = depth;
    const values = distinct(run());
    task.activeAt = undefined;
    path.pop();

    // A circle that closes here, or within, is whole now.
    if (cutAt >= depth || steps - outer.steps > HEAVY_STEPS) cutAt = WHOLE;
    if (cutAt !== CUT_SHORT) {
      const head = cutAt === WHOLE ? undefined : path[cutAt];
      task.known = { values, asksCallers: asked > outer.asked, cutAt, head };
    }
    cutAt = Math.min(cutAt, outer.cutAt);
    return values;
  };

  const valuesOf = (spot: Spot): Values => {
    const { node, frame } = spot;
    if (isPlain(node)) return evaluate(spot);
    const task = taskOf(memoryOf(frame).expressions, node);
    const recalled = recall(task);
    if (recalled) return recalled;
    if (path.length - lookUpDepth > MAX_DEPTH || ++steps > MAX_STEPS) {
      cutAt = CUT_SHORT;
      return [{ kind: 'lost', spot }];
    }
    return workOut(task, () => evaluate(spot));
  };

  // Remembered, too: where each of a hundred spreads leads to all others, there is no end of ways to go.
  const lookUp: ValueMemory['lookUp'] = ({ node, frame }, name, run) => {
    const { lookUps } = memoryOf(frame);
    let named = lookUps.get(node);
    if (!named) lookUps.set(node, (named = new Map<string, Task>()));
    const task = taskOf(named, name);
    const recalled = recall(task);
    if (recalled) return recalled;
    if (lookUpDepth > MAX_DEPTH || ++steps > MAX_STEPS) {
      cutAt = CUT_SHORT;
      return [];
    }
    lookUpDepth++;
    const values = workOut(task, run);
    lookUpDepth--;
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
      forget(outside.expressions);
      for (const named of outside.lookUps.values()) forget(named);
      frames = new WeakMap();
    },
  };
}

const emptyMemory = (): Memory => ({ expressions: new Map(), lookUps: new Map() });

function taskOf<Key>(tasks: Map<Key, Task>, key: Key): Task {
  let task = tasks.get(key);
  if (!task) tasks.set(key, (task = { known: undefined, activeAt: undefined }));
  return task;
}

function forget(tasks: Map<unknown, Task>): void {
  for (const task of tasks.values()) if (task.known?.asksCallers === true) task.known = undefined;
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
