import type { CallRecord } from '../inspect/call-record.js';
import type { SocketRecord } from '../inspect/socket-record.js';
import type { InspectEvent } from '../network/network-event.js';

/*
 * What the desk's server and its page say to each other, and how:
 *
 *   GET  /                         the page: one HTML file with everything in it
 *   GET  /stream?code=K3D9AB       Server-Sent Events; the data of each is one line of JSON, a DeskMessage; first a `hello`,
 *                                  then a `source` and a `snapshot` for each source that there is, then what happens
 *   POST /command?code=K3D9AB      a DeskCommand as JSON; 204, or 400 with { "error": "…" }
 *   GET  /har?code=K3D9AB&source=1 the records of a source as a HAR file
 *
 * The address that the desk prints and opens has the code in its fragment, `http://127.0.0.1:9230/#code=K3D9AB`, so that it
 * stands in no log. Without it all but the page itself answer 403.
 */

/** The version of the messages below. */
export const DESK_VERSION = 1;

/** Where events come from: an app, a simulator or a file. Several may be connected at once. */
export interface DeskSource {
  /** From 1. */
  readonly source: number;
  readonly kind: 'phone' | 'simulator' | 'har';
  /** For people: `WeChat 8.0.50 · iPhone 15`, the name of a file. */
  readonly name: string;
  readonly connected: boolean;
  /** Whether it takes `go-offline` and the like: a simulator does. */
  readonly controllable: boolean;
}

/** What the page gets. A message of a type that it does not know is passed over. */
export type DeskMessage =
  | { readonly type: 'hello'; readonly version: number; readonly language: 'en' | 'zh' }
  /** A source that is new, or is connected otherwise than before. */
  | ({ readonly type: 'source' } & DeskSource)
  /** All that the desk keeps of a source: it takes the place of what the page had of it. */
  | {
      readonly type: 'snapshot';
      readonly source: number;
      readonly records: readonly (CallRecord | SocketRecord)[];
      /** Of the app as a whole, oldest first: `lifecycle`, `network`, `queue-paused`, `queue-resumed`. */
      readonly happenings: readonly InspectEvent[];
      /** How many records and events were dropped so far, at the phone and at the desk, because there was no room. */
      readonly dropped: number;
    }
  /** What happened since. Fold them into the records by `advance` of src/inspect. */
  | { readonly type: 'events'; readonly source: number; readonly events: readonly InspectEvent[] }
  | { readonly type: 'dropped'; readonly source: number; readonly dropped: number };

/** What the page may ask for. */
export type DeskCommand =
  /** Forget the records of a source that have ended; a `snapshot` follows. */
  | { readonly type: 'clear'; readonly source: number }
  /** Take records from a HAR file, which becomes a source. */
  | { readonly type: 'open-har'; readonly name: string; readonly har: unknown }
  /** For sources that are `controllable`. */
  | { readonly type: 'go-offline' | 'go-online' | 'enter-background' | 'enter-foreground'; readonly source: number };
