import { fieldText, isRecord, kindOf, type Refuse } from './field-text.js';

/**
 * Makes texts of the fields of a form, the same on every phone: a boolean is `'true'`, which newer ones lose
 * (discoveries/request.md#the-javascript-layer). Fields that are `undefined` or `null` are left out; lists and objects are refused.
 */
export function formFields(formData: unknown, refuse: Refuse): Readonly<Record<string, string>> {
  if (!isRecord(formData)) return refuse(`formData must be an object of names and values; got ${kindOf(formData)}`);
  const fields: Record<string, string> = {};
  for (const name of Object.keys(formData)) {
    const text = fieldText(`formData.${name}`, formData[name], refuse);
    if (text !== undefined) fields[name] = text;
  }
  return fields;
}
