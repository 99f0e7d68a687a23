// What the app's network does, from the first page on, whether anybody looks or not: a call that was slow is slow before
// somebody opens the panel. In a release build nobody is listened to, and nothing is kept.
const { records$ } = require('rx-miniprogram/inspect');
const { EMPTY, shareReplay, startWith } = require('rx-miniprogram/rxjs');
// The one line to change where the panel moves into another app.
const { network } = require('../../network');

const isRelease = wx.getAccountInfoSync().miniProgram.envVersion === 'release';

/** @type {import('rx-miniprogram/rxjs').Observable<readonly import('rx-miniprogram/inspect').NetworkRecord[]>} */
const log$ = isRelease
  ? EMPTY
  : records$(network, { keep: 60, maxBytes: 200_000, everyMs: 500 }).pipe(startWith([]), shareReplay(1));
log$.subscribe();

module.exports = { isRelease, log$ };
