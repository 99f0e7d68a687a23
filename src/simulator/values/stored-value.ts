/** A value as the platform stores it: text, and the type that it had. */
export interface StoredValue {
  readonly type: string;
  readonly text: string;
}

/**
 * Makes text of a value, as the platform's JavaScript layer does.
 *
 * Text, numbers, booleans, `null`, `undefined` and dates come back as they were; lists and plain objects as their JSON;
 * anything else (functions, bytes, maps, symbols, bigints) as empty text, without a word.
 *
 * - Evidence: public copies of the layer (discoveries/request.md#the-javascript-layer); the official page names the types it keeps
 * @throws TypeError for what has no JSON: an object that holds itself.
 */
export function storedValueOf(value: unknown): StoredValue {
  const type = Object.prototype.toString.call(value).slice(8, -1);
  switch (type) {
    case 'Array':
    case 'Object':
      return { type, text: JSON.stringify(value) ?? '' };
    case 'String':
    case 'Number':
    case 'Boolean':
      return { type, text: (value as string | number | boolean).toString() };
    case 'Date':
      return { type, text: (value as Date).getTime().toString() };
    case 'Undefined':
    case 'Null':
      return { type, text: type.toLowerCase() };
    default:
      return { type, text: '' };
  }
}

/** Makes a value of stored text. Each time another: an app may write into it. Text that is broken is empty text. */
export function valueOf({ type, text }: StoredValue): unknown {
  switch (type) {
    case 'Array':
    case 'Object':
      return parsed(text);
    case 'String':
      return text;
    case 'Number':
      return parseFloat(text);
    case 'Boolean':
      return text === 'true';
    case 'Date':
      return new Date(parseInt(text, 10));
    case 'Null':
      return null;
    case 'Undefined':
      return undefined;
    default:
      return '';
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return '';
  }
}
