/**
 * Resilience: nothing lost and nothing twice, on weak networks and in an app that may be killed.
 */

// Again, where that is safe, and logged in
export { retrySafely, type RetrySafelyOptions } from './resilience/retry-safely.js';
export { createRetryBudget, type RetryBudget, type RetryBudgetOptions } from './resilience/retry-budget.js';
export { loginOnce, type LoginOnceOptions } from './resilience/login-once.js';

// Once, where several ask for the same
export { shareInFlight, type ShareInFlightOptions } from './resilience/share-in-flight.js';

// Values that outlive the app
export { createStore, type Store, type StoreOptions, type StoreState } from './resilience/store.js';

// What the network is like, and calls that follow it
export { networkQuality$, type NetworkQuality } from './resilience/quality/network-quality.js';
export { followNetwork, whenOffline, type FollowNetworkOptions } from './resilience/quality/follow-network.js';
export type { OfflinePolicy } from './resilience/quality/gate.js';

// Calls that outlive the app
export { createOutbox } from './resilience/outbox/create-outbox.js';
export type { Outbox, OutboxOptions, OutboxResult, OutboxState } from './resilience/outbox/outbox-options.js';
export type { OutboxItem, OutboxProblem } from './resilience/outbox/outbox-item.js';
export type { OutboxRequest } from './resilience/outbox/outbox-request.js';

// What a wx of one's own is written with
export type { WxStorageCallbacks, WxStoragePort } from './platform/wx-storage.js';
