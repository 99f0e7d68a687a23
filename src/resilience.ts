/**
 * Resilience: nothing lost and nothing twice, on weak networks and in an app that may be killed.
 */

// Values that outlive the app
export { createStore, type Store, type StoreOptions, type StoreState } from './resilience/store.js';

// What a wx of one's own is written with
export type { WxStorageCallbacks, WxStoragePort } from './platform/wx-storage.js';
