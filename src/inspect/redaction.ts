import { REDACTED, type InspectEvent } from '../network/network-event.js';
import type { ShownBody } from './call-record.js';
import { SECRET } from './shown.js';

/** So many UTF-16 units of a body are kept. */
const MAX_BODY_LENGTH = 8_192;

/** Takes out more than what every event leaves out: the fields of these names, in headers and in bodies. */
export class Redaction {
  private readonly names: ReadonlySet<string>;

  /** @param names - Of fields, in any case. */
  constructor(names: readonly string[]) {
    this.names = new Set(names.map((name) => name.toLowerCase()));
  }

  event<Event extends InspectEvent>(event: Event): Event {
    if (this.names.size === 0 || !('headers' in event)) return event;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(event.headers)) {
      headers[name] = this.isSecret(name) ? REDACTED : value;
    }
    return { ...event, headers };
  }

  /** A body as it may be shown; `undefined` for what is no text and no JSON. */
  body(value: unknown): ShownBody | undefined {
    const text = this.textOf(value);
    if (text === undefined) return undefined;
    const cut = Math.max(0, text.length - MAX_BODY_LENGTH);
    return { text: text.slice(0, MAX_BODY_LENGTH), cut };
  }

  private textOf(value: unknown): string | undefined {
    if (value === undefined || value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return undefined;
    try {
      return this.json(typeof value === 'string' ? (JSON.parse(value) as unknown) : value);
    } catch {
      // No JSON: a form, or any text. What has no JSON at all, such as a cycle, is not shown.
      return typeof value === 'string' ? this.form(value) : undefined;
    }
  }

  private json(value: unknown): string {
    return JSON.stringify(value, (name, inner: unknown) => (this.isSecret(name) ? REDACTED : inner));
  }

  private form(text: string): string {
    return text.replace(/([^\s&=]+)(=[^\s&]*)?/g, (pair, name: string, value?: string) =>
      value !== undefined && this.isSecret(name) ? `${name}=${REDACTED}` : pair,
    );
  }

  private isSecret(name: string): boolean {
    return SECRET.test(name) || this.names.has(name.toLowerCase());
  }
}
