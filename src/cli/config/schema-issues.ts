import { safeParse, type BaseIssue, type BaseSchema, type InferOutput } from 'valibot';
import type { Finding } from '../finding.js';
import type { Located, ValuePath } from './located.js';

type ObjectSchema = BaseSchema<unknown, unknown, BaseIssue<unknown>>;

/** Reads an object by its schema. What is wrong is told, and leaves nothing. */
export function parsedObject<Schema extends ObjectSchema>(
  schema: Schema,
  value: unknown,
  located: Located,
  { base = [], keys = [] }: { readonly base?: ValuePath; readonly keys?: readonly string[] } = {},
): { readonly output: InferOutput<Schema> | undefined; readonly findings: readonly Finding[] } {
  // To the schema an array is an object like another.
  if (Array.isArray(value)) {
    const name = base.join('.') || 'it';
    const place = located.placeOf(base);
    const wrong = finding(place, `${name}: expected Object; got Array`, `${name}：应为 Object，实际是 Array`);
    return { output: undefined, findings: [wrong] };
  }
  const parsed = safeParse(schema, value);
  if (parsed.success) return { output: parsed.output, findings: [] };
  return { output: undefined, findings: findingsOfIssues(parsed.issues, located, base, keys) };
}

/** Tells what a schema found: where, what was expected, what came, what to write. */
function findingsOfIssues(
  issues: readonly BaseIssue<unknown>[],
  located: Located,
  base: ValuePath,
  keys: readonly string[],
): Finding[] {
  return issues.map((issue) => {
    const path = [...base, ...(issue.path ?? []).map(({ key }) => key as string | number)];
    const place = located.placeOf(path);
    const name = path.reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text && `${text}.`}${key}`),
      '',
    );
    if (issue.type === 'strict_object' && issue.expected === 'never') {
      const known = keys.join(', ');
      return finding(place, `there is no '${name}'; there are ${known}`, `没有 '${name}' 这一项；可以写的有 ${known}`);
    }
    const expected = (issue.expected ?? 'another value').replace(/[()]/g, '').replace(/\|/g, 'or');
    return finding(
      place,
      `${name || 'it'}: expected ${expected}; got ${issue.received}`,
      `${name || '内容'}：应为 ${expected}，实际是 ${issue.received}`,
    );
  });
}

function finding(place: Finding['place'], en: string, zh: string): Finding {
  return { severity: 'error', rule: 'config', place, what: { en, zh } };
}
