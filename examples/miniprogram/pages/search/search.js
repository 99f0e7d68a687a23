const { takeUntilUnload } = require('rx-miniprogram');
const { catchError, debounceTime, distinctUntilChanged, map, of, Subject, switchMap } = require('rx-miniprogram/rxjs');
const { explain } = require('../../explain');
const { searchPackages } = require('../../packages');

/** @typedef {{ readonly items: import('../../packages').Package[]; readonly problem: string }} Shown */

/** @type {import('rx-miniprogram/rxjs').Subject<string>} */
const typed$ = new Subject();

Page({
  data: {
    /** @type {import('../../packages').Package[]} */
    items: [],
    problem: '',
  },

  onLoad() {
    typed$
      .pipe(
        debounceTime(300),
        map((text) => text.trim()),
        distinctUntilChanged(),
        // A new word aborts the request for the old one.
        switchMap((text) => {
          /** @type {Shown} */
          const nothing = { items: [], problem: '' };
          if (text === '') return of(nothing);
          return searchPackages(text).pipe(
            map((items) => ({ items, problem: '' })),
            // In here, so that the next word is searched for all the same.
            catchError((error) => of({ items: [], problem: explain(error) })),
          );
        }),
        takeUntilUnload(this),
      )
      .subscribe((shown) => this.setData(shown));
  },

  /** @param {{ detail: { value: string } }} event */
  onInput({ detail }) {
    typed$.next(detail.value);
  },
});
