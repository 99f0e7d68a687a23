import { parseDataPath, valueAt } from './data-path.js';

/** A tag of a view that stands for a component. */
export interface ViewTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

// No name has a `<`: each tag that is not closed would be read to the end of the view.
const TAG = /<([A-Za-z][\w-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g;

/** Reads the tags of these names in a view, as they are written: loops and templates are not carried out. */
export function viewTagsOf(wxml: string, names: ReadonlySet<string>): ViewTag[] {
  const tags: ViewTag[] = [];
  for (const [, name = '', written = ''] of withoutComments(wxml).matchAll(TAG)) {
    if (!names.has(name)) continue;
    const attributes: Record<string, string> = {};
    for (const [, key = '', double, single] of written.matchAll(ATTRIBUTE)) attributes[key] = double ?? single ?? '';
    tags.push({ name, attributes });
  }
  return tags;
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
export function datasetOf({ attributes }: ViewTag, data: object): Record<string, unknown> {
  const entries = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
  return Object.fromEntries(
    entries.map(([name, value]) => [camelCase(name.slice('data-'.length)), attributeValue(value, data)]),
  );
}

/** What the tag gives to the component, as far as it is simple: a text, a field, its opposite, a number. */
export function propertiesOf({ attributes }: ViewTag, data: object): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, written] of Object.entries(attributes)) {
    if (/^(?:wx:|bind|catch|capture-|mut-bind|data-|id$|class$|style$|slot$)/.test(name)) continue;
    const value = attributeValue(written, data);
    if (value !== undefined) values[camelCase(name.replace(/^model:/, ''))] = value;
  }
  return values;
}

/** Whether `wx:if` lets the tag be; what cannot be told is let be. */
export function isShown({ attributes }: ViewTag, data: object): boolean {
  const condition = attributes['wx:if'];
  if (condition === undefined) return true;
  const simple = /^\{\{\s*(?:!+\s*)?[\w$.[\]]+\s*\}\}$/.test(condition);
  return !simple || Boolean(attributeValue(condition, data));
}

function attributeValue(written: string, data: object): unknown {
  const [, inner] = /^\s*\{\{([^]*)\}\}\s*$/.exec(written) ?? [];
  if (inner === undefined) return written.includes('{{') ? undefined : written;
  const expression = inner.trim();
  if (/^!/.test(expression)) {
    const opposite = attributeValue(`{{${expression.slice(1)}}}`, data);
    return /^!\s*[\w$.[\]]+$/.test(expression) ? !opposite : undefined;
  }
  if (/^-?\d+(?:\.\d+)?$/.test(expression)) return Number(expression);
  if (expression === 'true' || expression === 'false') return expression === 'true';
  const [, quoted] = /^'([^']*)'$/.exec(expression) ?? [];
  if (quoted !== undefined) return quoted;
  return /^[A-Za-z_$][\w$]*(?:\.[\w$]+|\[\d+\])*$/.test(expression)
    ? valueAt(data, parseDataPath(expression))
    : undefined;
}

const camelCase = (name: string) => name.toLowerCase().replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
