const { takeUntilUnload } = require('rx-miniprogram');
const { finalize } = require('rx-miniprogram/rxjs');
const { explain } = require('../../explain');
const { searchPackages } = require('../../packages');

Page({
  data: {
    /** @type {import('../../packages').Package[]} */
    items: [],
    problem: '',
  },

  onLoad() {
    this.refresh();
  },

  onPullDownRefresh() {
    this.refresh();
  },

  refresh() {
    searchPackages('keywords:miniprogram', { priority: 'high' })
      .pipe(
        finalize(() => wx.stopPullDownRefresh()),
        // When the page is left: waiting, it is never sent; running, it is aborted.
        takeUntilUnload(this),
      )
      .subscribe({
        next: (items) => this.setData({ items, problem: '' }),
        error: (error) => this.setData({ problem: explain(error) }),
      });
  },
});
