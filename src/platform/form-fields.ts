import { fieldText, isRecord, kindOf, type Refuse } from './field-text.js';

/**
 * Makes texts of the fields of a form, the same on every phone: a boolean is `'true'`, which newer ones lose
 * (discoveries/request.md#the-javascript-layer). Fields that are `undefined` or `null` are left out; lists and objects are refused.
 */
export function formFields(formData: unknown, refuse: Refuse): Readonly<Record<string, string>> {
  if (!isRecord(formData)) return refuse(`formData must be an object of names and values; got ${kindOf(formData)}`);
  // A copy has every name of its own already, so that to set `__proto__` sets a field.
  const fields: Record<string, unknown> = { ...formData };
  for (const name of Object.keys(fields)) {
    const text = fieldText(`formData.${name}`, fields[name], refuse);
    if (text === undefined) delete fields[name];
    else fields[name] = text;
  }
  return fields as Readonly<Record<string, string>>;
}
