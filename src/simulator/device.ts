import type { NetworkType } from '../platform/wx.js';
import type { AnswerCache } from './cache/answer-cache.js';
import type { Report } from './events.js';
import type { Storage } from './files/storage.js';
import type { Settings } from './settings.js';
import type { ValueStore } from './values/value-store.js';
import type { Conditions } from './wires/conditions.js';
import type { Wire } from './wires/wire.js';

/** What is there before an app starts, and after it has ended. */
export interface Device {
  readonly settings: Settings;
  readonly wire: Wire;
  readonly storage: Storage;
  readonly values: ValueStore;
  /** Numbers the calls of the storage, and the writes among them. */
  readonly countStorage: (writes: boolean) => { readonly operation: number; readonly write: number };
  readonly report: Report;
  /** Numbers the calls and sockets of all its apps from 1. */
  readonly nextId: () => number;
  readonly networkType: () => NetworkType;
  readonly conditions: () => Conditions;
  readonly logins: { count: number };
  readonly fetchToken: { value: string };
  readonly answers: AnswerCache;
  /** Starts the app anew. */
  readonly restart: () => void;
}
