const {
  BehaviorSubject,
  combineLatest,
  filter,
  map,
  of,
  pairwise,
  startWith,
  switchMap,
  throttleTime,
} = require('rx-miniprogram/rxjs');
const { log$ } = require('./log');
const { detailOf, keyOf, rowOf } = require('./rows');

/**
 * @typedef {{ readonly isOpen: boolean; readonly rows: readonly import('./rows').Row[]; readonly detail: import('./rows').Detail | null }} View
 * @typedef {Record<string, unknown>} Changes
 */

/** No more is drawn; older ones are in the log until it is full. */
const MOST_ROWS = 30;
/** The view is given something new at most so often, in milliseconds: it lives in another thread, and the app needs it too. */
const EVERY_MS = 500;

/** @type {View} */
const CLOSED = { isOpen: false, rows: [], detail: null };

// One for all pages: a panel that is open stays open where the user goes.
const isOpen$ = new BehaviorSubject(false);
/** @type {import('rx-miniprogram/rxjs').BehaviorSubject<string>} */
const selected$ = new BehaviorSubject('');

const rare$ = log$.pipe(throttleTime(EVERY_MS, undefined, { leading: true, trailing: true }));

/**
 * What to give to `setData`: only what has changed, and nothing while the panel is closed.
 *
 * @type {import('rx-miniprogram/rxjs').Observable<Changes>}
 */
const changes$ = isOpen$.pipe(
  switchMap((isOpen) => (isOpen ? combineLatest([rare$, selected$]).pipe(map(viewOf)) : of(CLOSED))),
  startWith(CLOSED),
  pairwise(),
  map(changesBetween),
  filter((changes) => Object.keys(changes).length > 0),
);

/**
 * @param {[readonly import('rx-miniprogram/inspect').NetworkRecord[], string]} shown
 * @returns {View}
 */
function viewOf([records, selected]) {
  const one = records.find((record) => keyOf(record) === selected);
  // The newest on top.
  const rows = records.slice(-MOST_ROWS).reverse().map(rowOf);
  return { isOpen: true, rows, detail: one ? detailOf(one) : null };
}

/**
 * @param {[View, View]} views
 * @returns {Changes}
 */
function changesBetween([before, after]) {
  /** @type {Changes} */
  const changes = {};
  if (after.isOpen !== before.isOpen) changes.isOpen = after.isOpen;
  const sameKeys = after.rows.map(({ key }) => key).join() === before.rows.map(({ key }) => key).join();
  if (!sameKeys) changes.rows = after.rows;
  else {
    after.rows.forEach((row, index) => {
      if (row !== before.rows[index]) changes[`rows[${index}]`] = row;
    });
  }
  if (JSON.stringify(after.detail) !== JSON.stringify(before.detail)) changes.detail = after.detail;
  return changes;
}

module.exports = { changes$, isOpen$, selected$ };
