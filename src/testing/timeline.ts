import { asyncScheduler, type Observable, type Subscription } from 'rxjs';

/** What a stream has told, and when. */
export interface Timeline extends Subscription {
  /** `sent 1 @0`, `progress 1 50% @3`, `| @9`, or `# interrupted BG-1 request @5001`: what came, and at which millisecond. */
  readonly seen: readonly string[];
}

/**
 * Subscribes at once, and writes down in short what comes and when: for the events of an upload, a download or a stream,
 * and where minutes pass between two of them. It works in `scenario()`, too.
 *
 * ```text
 * upload$  s--p--p-(r|)
 * seen     sent 1 @0, progress 1 50% @3, progress 1 100% @6, response 1 200 @8, | @8
 * ```
 *
 * The number after the kind of an event is its attempt. An error is told by its code, its rule and its `api`; one without a code
 * by its name and its message.
 *
 * @example
 * ```ts
 * const upload = timeline(upload$({ url, filePath, name: 'photo' }));
 * flush();
 *
 * assert.deepStrictEqual(upload.seen, ['sent 1 @0', 'progress 1 100% @8', 'response 1 200 @8', '| @8']);
 * ```
 *
 * @param say - The words for a value. @defaultValue as above; a text as it is, and JSON for what is no event
 */
export function timeline<T>(source: Observable<T>, say: (value: T) => string = shown): Timeline {
  const seen: string[] = [];
  const note = (what: string) => seen.push(`${what} @${asyncScheduler.now()}`);
  const subscription = source.subscribe({
    next: (value) => note(say(value)),
    error: (error: unknown) => note(`# ${shownError(error)}`),
    complete: () => note('|'),
  });
  return Object.assign(subscription, { seen });
}

/** The fields of the library's events; each kind has some of them. */
interface CallEvent {
  readonly type: string;
  readonly attempt: number;
  readonly percent?: number;
  readonly data?: ArrayBuffer;
  readonly status?: number;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isCallEvent(value)) return JSON.stringify(value) ?? String(value);
  const { type, attempt, percent, data, status } = value;
  const brought = percent === undefined ? (data === undefined ? status : Buffer.from(data).toString()) : `${percent}%`;
  return [type, attempt, brought].filter((word) => word !== undefined).join(' ');
}

function isCallEvent(value: unknown): value is CallEvent {
  return typeof value === 'object' && value !== null && 'type' in value && 'attempt' in value;
}

function shownError(error: unknown): string {
  const { code, rule, api } = (error ?? {}) as { readonly [field in 'code' | 'rule' | 'api']?: string };
  return code === undefined ? String(error) : [code, rule, api].filter((word) => word !== undefined).join(' ');
}
