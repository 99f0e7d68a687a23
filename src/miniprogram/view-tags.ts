import { attributeValue, UNKNOWN } from './view-expression.js';

/** A tag of a view that stands for a component, or that says when those in it are there. */
export interface ViewTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The nearest tag around it with a `wx:for`, `wx:if` or their like. */
  readonly within?: ViewTag | undefined;
  /** The conditions before `wx:elif` or `wx:else`. */
  readonly unless?: readonly string[] | undefined;
}

// No name has a `<`: each tag that is not closed would be read to the end of the view.
const TAG = /<(\/?)([A-Za-z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;
/** More branches of one choice are not told apart. */
const MAX_BRANCHES = 20;

interface OpenTag {
  readonly name: string;
  readonly within: ViewTag | undefined;
  /** The conditions of the choice that goes on in it. */
  branches: string[];
}

/** Reads the tags of these names in a view, each with what it is in. A template stands for what it is written of. */
export function viewTagsOf(wxml: string, names: ReadonlySet<string>): ViewTag[] {
  const tags: ViewTag[] = [];
  const view: OpenTag = { name: '', within: undefined, branches: [] };
  const open: OpenTag[] = [];
  const counts = new Map<string, number>();
  for (const [, close, name = '', written = '', alone] of withoutComments(wxml).matchAll(TAG)) {
    const count = counts.get(name) ?? 0;
    if (close === '/') {
      // By the count, or each that closes nothing would be looked for in all that are open.
      for (let last = count > 0 ? open.pop() : undefined; last; last = last.name === name ? undefined : open.pop())
        counts.set(last.name, (counts.get(last.name) ?? 1) - 1);
      continue;
    }
    const outer = open.at(-1) ?? view;
    const attributes = attributesOf(written);
    const tag = { name, attributes, within: outer.within, unless: unlessOf(attributes, outer) };
    if (names.has(name)) tags.push(tag);
    if (alone === '/') continue;
    const decides = Object.keys(attributes).some((key) => /^wx:(?:for|for-items|if|elif|else)$/.test(key));
    // Its data is not the page's.
    const within = name === 'template' ? undefined : decides ? tag : outer.within;
    open.push({ name, within, branches: [] });
    counts.set(name, count + 1);
  }
  return tags;
}

function attributesOf(written: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single] of written.matchAll(ATTRIBUTE))
    attributes[key] = double ?? single ?? '{{true}}';
  return attributes;
}

function unlessOf(attributes: Readonly<Record<string, string>>, outer: OpenTag): readonly string[] | undefined {
  const before = outer.branches;
  const isFurther = 'wx:elif' in attributes || 'wx:else' in attributes;
  const own = attributes['wx:if'] ?? attributes['wx:elif'];
  outer.branches = own === undefined ? [] : isFurther ? [...before, own].slice(0, MAX_BRANCHES) : [own];
  return isFurther ? before : undefined;
}

/** One that is not closed goes to the end. By hand: a pattern would look for that end again from each that is begun. */
function withoutComments(wxml: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let at = wxml.indexOf('<!--'); at !== -1; at = wxml.indexOf('<!--', from)) {
    kept.push(wxml.slice(from, at));
    const end = wxml.indexOf('-->', at + 4);
    from = end === -1 ? wxml.length : end + 3;
  }
  return kept.join('') + wxml.slice(from);
}

/** The method that listens to an event, if the tag names one. */
export function listenerOf({ attributes }: ViewTag, event: string): string | undefined {
  const prefixes = ['bind:', 'bind', 'catch:', 'catch', 'capture-bind:', 'mut-bind:'];
  const found = prefixes
    .map((prefix) => attributes[prefix + event])
    .find((value) => value !== undefined && value !== '');
  return found?.includes('{{') === true ? undefined : found;
}

/** `data-item-id` is `dataset.itemId`. */
export function datasetOf({ attributes }: ViewTag, scope: object): Record<string, unknown> {
  const entries = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
  return Object.fromEntries(
    entries.map(([name, written]) => {
      const value = attributeValue(written, scope);
      return [camelCase(name.slice('data-'.length)), value === UNKNOWN ? undefined : value];
    }),
  );
}

/** What the tag gives to the component, as far as it can be told. */
export function propertiesOf({ attributes }: ViewTag, scope: object): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, written] of Object.entries(attributes)) {
    if (/^(?:wx:|bind|catch|capture-|mut-bind|data-|id$|class$|style$|slot$)/.test(name)) continue;
    const value = attributeValue(written, scope);
    if (value !== UNKNOWN && value !== undefined) values[camelCase(name.replace(/^model:/, ''))] = value;
  }
  return values;
}

/** Whether `#id`, `.class` or the name of a component is this tag. */
export function isSelected({ name, attributes }: ViewTag, selector: string, scope: object): boolean {
  const textOf = (key: string) => {
    const value = attributeValue(attributes[key] ?? '', scope);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const classes = textOf('class').split(/\s+/);
  return [`#${textOf('id')}`, name, ...classes.map((one) => `.${one}`)].includes(selector.trim());
}

const camelCase = (name: string) => name.toLowerCase().replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
