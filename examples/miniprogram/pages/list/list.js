const { takeUntilUnload } = require('rx-miniprogram');
const { finalize, retry, Subject, tap } = require('rx-miniprogram/rxjs');
const { explain } = require('../../explain');
const { likePackage, packages$, refreshPackages } = require('../../packages');

/** @type {import('rx-miniprogram/rxjs').Subject<void>} */
const pulled$ = new Subject();

Page({
  data: {
    /** @type {import('../../packages').Package[]} */
    items: [],
    problem: '',
  },

  onLoad() {
    packages$
      .pipe(
        // It ends only where there is nothing to show: then it is watched anew when the user pulls.
        tap({ error: (error) => this.setData({ problem: explain(error) }) }),
        retry({ delay: () => pulled$ }),
        // When the page is left: waiting, it is never sent; running, it is aborted.
        takeUntilUnload(this),
      )
      .subscribe(({ items, problem }) => this.setData({ items, problem: problem ? explain(problem) : '' }));
  },

  onPullDownRefresh() {
    const answered$ = refreshPackages();
    pulled$.next();
    answered$
      .pipe(
        finalize(() => wx.stopPullDownRefresh()),
        takeUntilUnload(this),
      )
      // The list tells of its problems above.
      .subscribe({ error: () => {} });
  },

  /** @param {{ currentTarget: { dataset: { name: string; liked: boolean } } }} event */
  onLike({ currentTarget: { dataset } }) {
    if (dataset.liked) return;
    // Not ended with the page: a like goes out although the user goes on.
    likePackage(dataset.name).subscribe({
      error: (error) => wx.showToast({ title: explain(error), icon: 'none' }),
    });
  },
});
