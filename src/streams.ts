/**
 * What comes a piece at a time.
 */
export {
  createStream,
  stream$,
  type ChunkEvent,
  type HeadersEvent,
  type Stream,
  type StreamEvent,
} from './network/stream.js';
