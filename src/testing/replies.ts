import { checkOptions, type KindsOf } from '../platform/check-options.js';
import { wireChunk, wireHeaders, wireSent, type WireEvent, type WireRequest } from '../simulator/wires/wire.js';

/** What an answer says of itself beside its body. */
export interface ReplyHead {
  /** @defaultValue 200 */
  readonly status?: number | undefined;
  /** Several fields of one name, such as `Set-Cookie`, are an array. @defaultValue only the content type */
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** An answer in one piece. */
export interface Reply {
  readonly type: 'reply';
  readonly events: readonly WireEvent[];
}

/** A request as the server got it. */
export interface ReceivedRequest extends WireRequest {
  /** The body as UTF-8; `''` when there is none. */
  readonly text: string;
  /** When, in milliseconds since the test began. */
  readonly at: number;
}

/** What a letter of a reply stands for. A bare string is a text with status 200. */
export type ReplyMark = Reply | WireEvent | string;

/** … or what to make of the request that came. */
export type ReplyValue = ReplyMark | ((request: ReceivedRequest) => ReplyMark);

const HEAD: KindsOf<ReplyHead> = { status: 'number', headers: 'object' };
const ELSEWHERE = { statusCode: 'write status', code: 'write status', header: 'write headers' };

/** Answers with JSON: `{ r: json([{ id: 1 }]) }`, `{ r: json({ msg: 'no' }, { status: 403 }) }`. */
export function json(value: unknown, head: ReplyHead = {}): Reply {
  const body = JSON.stringify(value) as string | undefined;
  if (body === undefined) throw new TypeError(`json: expected something that JSON can say; got ${typeof value}`);
  return reply('json', 'application/json; charset=utf-8', body, head);
}

/** Answers with text, in UTF-8. */
export function text(body: string, head: ReplyHead = {}): Reply {
  return reply('text', 'text/plain; charset=utf-8', body, head);
}

/** Answers with bytes as they are; name their content type in `headers`. */
export function bytes(body: Uint8Array, head: ReplyHead = {}): Reply {
  return reply('bytes', 'application/octet-stream', body, head);
}

/** The first part of an answer that comes piece by piece: `replies('-h-c-c|', { h: headers(200), c: chunk('…') })`. */
export function headers(status = 200, fields: ReplyHead['headers'] = {}): WireEvent {
  return wireHeaders(status, fieldsOf(fields));
}

/** A piece of a body, cut anywhere. */
export function chunk(body: string | Uint8Array): WireEvent {
  return wireChunk(body);
}

/** So many bytes of an upload, from its beginning, have gone out: what `onProgressUpdate` tells of. */
export function sent(bytesSoFar: number): WireEvent {
  return wireSent(bytesSoFar);
}

/** What goes over the wire for a mark. */
export function eventsOf(mark: ReplyMark): readonly WireEvent[] {
  if (typeof mark === 'string') return text(mark).events;
  return mark.type === 'reply' ? mark.events : [mark];
}

/** @throws TypeError for a head that would be passed over: the test would be of another answer. */
function reply(who: string, contentType: string, body: string | Uint8Array, head: ReplyHead): Reply {
  checkOptions(who, head, HEAD, ELSEWHERE);
  const { status = 200, headers: given = {} } = head;
  const named = Object.keys(given).some((name) => name.toLowerCase() === 'content-type');
  const all = named ? given : { 'Content-Type': contentType, ...given };
  const first = wireHeaders(status, fieldsOf(all));
  return { type: 'reply', events: body.length > 0 ? [first, wireChunk(body)] : [first] };
}

function fieldsOf(fields: Readonly<Record<string, string | readonly string[]>>): (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
}
