/** What `rx-miniprogram/streams` exports: answers as they come. */
export { createStream, stream$, type Stream, type StreamEvent } from './network/calls/stream.js';
export type { ChunkEvent, HeadersEvent } from './network/calls/call-events.js';
export { decodeText, type BytesOrEvent, type DecodeTextOptions } from './operators/decode-text.js';
export {
  parseServerSentEvents,
  type ParseServerSentEventsOptions,
  type ResumePoint,
  type ServerSentEvent,
} from './operators/parse-server-sent-events.js';
export { parseJsonLines, type ParseJsonLinesOptions } from './operators/parse-json-lines.js';
