import {
  catchError,
  concat,
  defer,
  distinctUntilChanged,
  EMPTY,
  finalize,
  map,
  of,
  retry,
  Subject,
  switchMap,
  timer,
  type Subscription,
} from 'rxjs';
import type { Network } from '../../network/create-network.js';
import { deviceNetwork$, isOnline } from '../../network/device-network.js';
import { internalsOf } from '../../network/internals.js';
import { present } from '../../operators/present.js';
import { fullJitterMs } from '../../platform/full-jitter.js';
import { MAX_TIMER_MS } from '../../platform/limits.js';
import { budgetOf } from '../retry-budget.js';
import { occupy, type Entry, type KeptEntries } from './kept-entries.js';
import type { OutboxItem } from './outbox-item.js';
import type { OutboxResult, OutboxSettings } from './outbox-options.js';
import { itemSender, type Verdict } from './send-item.js';

/** Whose turn it is, and what comes of it. */
export interface OutboxTurns {
  readonly results$: Subject<OutboxResult>;
  /** The present owner, as far as it has been looked at. */
  readonly owner: string;
  /** Lets what may go, go in the next turn. */
  goOnSoon(): void;
  /** Lets nothing be done with an entry any more, so that it may have its turn. */
  release(entry: Entry): void;
  /** Lets lanes go on that a 401 has stopped, and looks at who is there. */
  resume(lane?: string): void;
}

/** The longest wait before the first retry, and before any, in milliseconds. */
const BASE_MS = 1_000;
const LONGEST_MS = 60_000;

export function outboxTurns(
  network: Network,
  entries: KeptEntries,
  { lanes, maxAgeMs, owner, random }: OutboxSettings,
): OutboxTurns {
  const { app$, scheduler, settings } = internalsOf(network);
  const device$ = deviceNetwork$(network);
  const budget = budgetOf(network);
  const send = itemSender(network);
  const results$ = new Subject<OutboxResult>();

  /** The lanes that a 401 has stopped. */
  const halted = new Set<string>();
  let mine = owner();
  let online = true;
  let turn: Subscription | undefined;

  const goOnSoon = () => {
    turn ??= scheduler.schedule(() => {
      turn = undefined;
      goOn();
    });
  };
  const release = (entry: Entry) => {
    // Whoever was told of it may have discarded it since: it is being removed.
    if (entry.item.state === 'done') return;
    entry.busy?.unsubscribe();
    entry.busy = undefined;
    goOnSoon();
  };

  const goOn = () => {
    lookWhoIsThere();
    const inFront = !settings.interruptInBackground || present(app$)?.visibility !== 'background';
    if (!online || !inFront) return;
    const taken = new Set(halted);
    const all = [...entries.all.values()];
    let free = lanes - all.filter(({ item }) => item.state === 'sending').length;
    for (const entry of all) {
      const { item, busy } = entry;
      // Not `item.at`: who reads the built code for calls that are too new takes it for that of an array.
      const { at: writtenAt } = item;
      if (free <= 0) return;
      if (item.owner !== mine || item.state === 'parked' || taken.has(entry.item.lane)) continue;
      if (!busy && scheduler.now() - writtenAt > maxAgeMs) {
        park(entry, { code: 'timeout', what: `it has not arrived within maxAgeMs, ${maxAgeMs}` });
        continue;
      }
      taken.add(entry.item.lane);
      if (busy) continue;
      free--;
      begin(entry);
    }
  };

  // What goes out for one must not go out again with the token of another.
  const lookWhoIsThere = () => {
    const before = mine;
    mine = owner();
    if (mine === before) return;
    halted.clear();
    for (const entry of entries.all.values()) {
      if (entry.item.state !== 'sending') continue;
      release(entry);
      entries.change(entry, { state: 'waiting' });
    }
    entries.changed$.next();
  };

  const begin = (entry: Entry) => {
    // Where the device is full it is sent unmarked: to send is what makes room.
    const marked$ = entry.item.sent ? EMPTY : entries.writeIfPossible(entry);
    const sent$ = defer(() => send(entry.item));
    entries.change(entry, { state: 'sending', sent: true });
    // Whoever was told has discarded it.
    if (entry.item.state !== 'sending') return;
    occupy(entry, concat(marked$, sent$), (verdict) => settle(entry, verdict));
  };

  const settle = (entry: Entry, verdict: Verdict) => {
    switch (verdict.next) {
      case 'done':
        finish(entry, verdict);
        break;
      case 'park':
        park(entry, verdict.problem);
        break;
      case 'login':
        halted.add(entry.item.lane);
        entries.change(entry, { state: 'waiting', problem: verdict.problem });
        release(entry);
        break;
      case 'again':
        tryAgain(entry, verdict);
    }
  };

  const finish = (entry: Entry, { response }: Verdict & { readonly next: 'done' }) => {
    budget.earn();
    entries.change(entry, { state: 'done', problem: undefined });
    const gone$ = entries.forget(entry).pipe(
      retry({ count: 3, delay: () => timer(BASE_MS, scheduler) }),
      // The server hears of it once more at the next start.
      catchError(() => EMPTY),
      finalize(() => {
        entries.all.delete(entry.item.id);
        goOnSoon();
      }),
    );
    occupy(entry, gone$, () => undefined);
    results$.next({ item: entry.item, response });
  };

  const park = (entry: Entry, problem: OutboxItem['problem']) => {
    entries.change(entry, { state: 'parked', problem });
    if (entry.item.state !== 'parked') return;
    release(entry);
    // Where it cannot be written it is tried, and parked, once more at the next start.
    entries.writeIfPossible(entry).subscribe();
  };

  const tryAgain = (entry: Entry, { problem, askedMs, blameless }: Verdict & { readonly next: 'again' }) => {
    const failures = entry.item.failures + 1;
    entries.change(entry, { state: 'waiting', problem, failures });
    if (entry.item.state !== 'waiting') return;
    // It goes on with the network.
    if (!isOnline(device$)) {
      release(entry);
      return;
    }
    // A server that breaks down is asked once a minute or so, whatever waits here.
    const isPaid = blameless || budget.spend();
    const waitMs = isPaid ? fullJitterMs(failures, BASE_MS, LONGEST_MS, random) : ((1 + random()) / 2) * LONGEST_MS;
    occupy(entry, timer(Math.min((askedMs ?? 0) + waitMs, MAX_TIMER_MS), scheduler), () => release(entry));
  };

  // Not all phones of a place that has its network again in one moment.
  const spread$ = device$.pipe(
    map(({ isConnected }) => isConnected),
    distinctUntilChanged(),
    switchMap((isConnected, index) =>
      isConnected && index > 0 ? timer(random() * BASE_MS, scheduler).pipe(map(() => true)) : of(isConnected),
    ),
  );
  spread$.subscribe((isConnected) => {
    online = isConnected;
    goOnSoon();
  });
  app$.subscribe(goOnSoon);

  return {
    results$,
    get owner() {
      return mine;
    },
    goOnSoon,
    release,
    resume(lane) {
      if (lane === undefined) halted.clear();
      else halted.delete(lane);
      lookWhoIsThere();
      goOnSoon();
    },
  };
}
