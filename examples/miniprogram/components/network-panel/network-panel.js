// A network panel for develop and trial builds: shake the phone, or tap the handle. It is plain files: copy the folder, and
// change the one line in log.js that says where the app's network is.
const { toHar } = require('rx-miniprogram/inspect');
const { filter, Subject, take, takeUntil } = require('rx-miniprogram/rxjs');
const { isRelease, log$ } = require('./log');
const { shake$ } = require('./shake');
const { changes$, isOpen$, selected$ } = require('./view');

/** The panel whose page goes out of sight: it is not drawn, and the sensor has a rest. */
/** @type {import('rx-miniprogram/rxjs').Subject<object>} */
const left$ = new Subject();

Component({
  data: {
    isHere: false,
    isOpen: false,
    /** @type {readonly import('./rows').Row[]} */
    rows: [],
    /** @type {import('./rows').Detail | null} */
    detail: null,
  },

  lifetimes: {
    attached() {
      if (!isRelease) this.setData({ isHere: true });
    },
    detached() {
      left$.next(this);
    },
  },

  pageLifetimes: {
    show() {
      if (isRelease) return;
      const untilLeft = takeUntil(left$.pipe(filter((panel) => panel === this)));
      // As the page was left: on another one it may have been closed, or filled, since.
      this.setData({ isOpen: false, rows: [], detail: null });
      changes$.pipe(untilLeft).subscribe((changes) => this.setData(changes));
      shake$.pipe(untilLeft).subscribe(() => this.toggle());
    },
    hide() {
      left$.next(this);
    },
  },

  methods: {
    toggle() {
      isOpen$.next(!isOpen$.value);
    },

    copyHar() {
      log$.pipe(take(1)).subscribe((records) => wx.setClipboardData({ data: JSON.stringify(toHar(records)) }));
    },

    /** @param {{ currentTarget: { dataset: { key: string } } }} event */
    select({ currentTarget: { dataset } }) {
      selected$.next(selected$.value === dataset.key ? '' : dataset.key);
    },
  },
});
