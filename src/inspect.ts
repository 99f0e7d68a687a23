/**
 * See it: what a network decides, as events, as records, as sentences and as HAR files.
 */

// What happens, as it happens
export { networkEvents$ } from './inspect/network-events.js';
export {
  NETWORK_EVENT_VERSION,
  REDACTED,
  type AtTime,
  type CallAnswered,
  type CallAttemptFailed,
  type CallCalled,
  type CallCancelled,
  type CallChunk,
  type CallCompleted,
  type CallCut,
  type CallDecoded,
  type CallFailed,
  type CallHeaders,
  type CallHeld,
  type CallNetworkEvent,
  type CallOvertaken,
  type CallProgress,
  type CallQueued,
  type CallRefused,
  type CallReleased,
  type CallReplayed,
  type CallSent,
  type CallShared,
  type ConnectionChanged,
  type LifecycleChanged,
  type InspectEvent,
  type OfCall,
  type OfSending,
  type OfSocket,
  type QueuePaused,
  type QueueResumed,
  type ShownError,
  type ShownHeader,
  type SocketEnd,
  type SocketConnecting,
  type SocketDown,
  type SocketTraffic,
  type SocketNetworkEvent,
  type SocketOpen,
  type SocketRetry,
  type SocketWaiting,
} from './network/network-event.js';

// One record a call, and one a socket
export { records$, type RecordsOptions } from './inspect/records.js';
export { recordOf, type NetworkRecord } from './inspect/advance.js';
export type {
  AttemptRecord,
  CallActivity,
  CallEnding,
  CallPhases,
  CallRecord,
  CallSpan,
  ShownBody,
} from './inspect/call-record.js';
export type { MessageCount, SocketRecord, SocketSpan, SocketState } from './inspect/socket-record.js';

// Why it took so long
export { explain, type ExplainLanguage } from './inspect/explain.js';

// On the desk, while it happens
export { sendToDesk, type SendToDeskOptions } from './inspect/send-to-desk.js';

// Files that other tools read
export { toHar } from './inspect/to-har.js';
export { fromHar } from './inspect/from-har.js';
export type { Har, HarAbout, HarEntry, HarField } from './inspect/har.js';
