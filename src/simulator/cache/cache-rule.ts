import type { CacheableRequest, CacheRule, CacheRuleObject } from '../apis/cache-manager-types.js';
import { isDuration } from '../option-rule.js';
import { isOptions } from '../option-values.js';
import { typeName } from '../rules/parameters.js';
import { shown } from '../shown.js';
import { dataMatches, matchesPattern, namedFields, schemaProblem } from './data-schema.js';

/** The methods that a rule without one is for. PATCH is among them, though `wx.request` has none. */
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** A rule, ready to be asked. */
export interface CompiledRule {
  readonly id: string;
  readonly maxAgeMs: number;
  /** The id under which the answer is kept; `undefined` where the rule is not for this request. */
  readonly cacheIdOf: (request: CacheableRequest) => string | undefined;
}

/** What rules that do not say so have from their manager. */
export interface RuleDefaults {
  readonly origin: string;
  readonly maxAgeMs: number;
}

/**
 * Makes a rule of what `addRule` was given.
 *
 * ```text
 * 'GET /abc/:id?aa&dd=1'   method, path below the origin, any segment, aa there, dd 1
 * /\/(abc|cba)$/           the address without its query, of the manager's origin
 * /^https:\/\/…/           the address without its query
 * ```
 *
 * - Evidence: discoveries/cache-manager.md
 * - Not known: what a phone says to a rule that is none. Here a TypeError
 */
export function compileRule(rule: CacheRule, { origin, maxAgeMs }: RuleDefaults): CompiledRule {
  const given = ruleObjectOf(rule);
  const { url, dataSchema = [] } = given;
  const [methodInText, pattern] = typeof url === 'string' ? splitMethod(url) : [undefined, url];
  const method = given.method?.toUpperCase() ?? methodInText;
  const cachePathOf = typeof pattern === 'string' ? textRule(pattern, origin) : patternRule(pattern, origin);

  return {
    id:
      given.id ??
      [method, String(pattern), dataSchema.length > 0 && JSON.stringify(dataSchema)].filter(Boolean).join(' '),
    maxAgeMs: given.maxAge ?? maxAgeMs,
    cacheIdOf: (request) => {
      const asked = request.method.toUpperCase();
      if (method === undefined ? !METHODS.includes(asked) : asked !== method) return undefined;
      if (!dataMatches(dataSchema, request.data)) return undefined;
      const path = cachePathOf(request.url.split('#')[0] as string);
      if (path === undefined) return undefined;
      return [asked, path, ...(dataSchema.length > 0 ? [namedFields(dataSchema, request.data)] : [])].join(' ');
    },
  };
}

function ruleObjectOf(rule: CacheRule): CacheRuleObject {
  const given = typeof rule === 'string' || isPattern(rule) ? { url: rule } : (rule as unknown);
  const problem = problemOf(given);
  if (problem !== undefined) throw new TypeError(`CacheManager.addRule: ${problem}; got ${shown(rule)}`);
  return given as CacheRuleObject;
}

function problemOf(given: unknown): string | undefined {
  if (!isOptions(given))
    return "expected a path such as 'GET /abc/:id', a RegExp, or { url, method, maxAge, dataSchema }";
  const { id, method, url, maxAge, dataSchema } = given;
  if (!(typeof url === 'string' && url !== '') && !isPattern(url)) return 'url: expected text or a RegExp';
  if (id !== undefined && typeof id !== 'string') return 'id: expected text';
  if (method !== undefined && !(typeof method === 'string' && METHODS.includes(method.toUpperCase())))
    return `method: expected one of ${METHODS.join(', ')}`;
  if (maxAge !== undefined && !isDuration(maxAge)) return 'maxAge: expected a positive number of milliseconds';
  return dataSchema === undefined ? undefined : schemaProblem(dataSchema);
}

// By its name, not by instanceof: it may come from another realm, such as a mini program that `launch()` runs.
function isPattern(value: unknown): value is RegExp {
  return typeName(value) === 'RegExp';
}

function splitMethod(text: string): readonly [method: string | undefined, url: string] {
  const [first = '', ...rest] = text.split(' ');
  const method = first.toUpperCase();
  return METHODS.includes(method) && rest.length > 0 ? [method, rest.join(' ')] : [undefined, text];
}

/** Segments and parameters; all other parameters of a request are not looked at. */
function textRule(text: string, origin: string): (url: string) => string | undefined {
  const whole = text.startsWith('/') ? `${origin}${text}` : text;
  const [wantedPath = '', wantedQuery = ''] = whole.split('?');
  const wanted = fieldsOf(wantedQuery);
  const segments = wantedPath.split('/');

  return (url) => {
    const [path = '', query = ''] = url.split('?');
    const asked = path.split('/');
    const fits =
      asked.length === segments.length &&
      segments.every((segment, index) => (segment.startsWith(':') ? asked[index] !== '' : segment === asked[index]));
    if (!fits) return undefined;
    const fields = new Map(fieldsOf(query));
    if (!wanted.every(([name, value]) => fields.has(name) && (value === undefined || fields.get(name) === value)))
      return undefined;
    const named = wanted.map(([name]) => `${name}=${fields.get(name) ?? ''}`).join('&');
    return named === '' ? path : `${path}?${named}`;
  };
}

function patternRule(pattern: RegExp, origin: string): (url: string) => string | undefined {
  // As the documents tell the two apart: by whether it speaks of an origin.
  const ofAnyOrigin = /^\^?https?\??:/i.test(pattern.source);
  return (url) => {
    const [path = ''] = url.split('?');
    if (!ofAnyOrigin && (origin === '' || !`${path}/`.startsWith(`${origin}/`))) return undefined;
    return matchesPattern(pattern, path) ? path : undefined;
  };
}

/** `aa&dd=haha`: a name without a value has none. */
function fieldsOf(query: string): readonly (readonly [name: string, value: string | undefined])[] {
  return query
    .split('&')
    .filter((field) => field !== '')
    .map((field) => {
      const [name = '', ...value] = field.split('=');
      return [name, value.length > 0 ? value.join('=') : undefined] as const;
    });
}
