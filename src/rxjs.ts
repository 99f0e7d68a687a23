/**
 * RxJS, the one that the library itself runs on: `rx-miniprogram/rxjs`.
 *
 * For mini programs whose npm packages are built by the developer tools: these pack whole `rxjs` (378 kB) beside us as soon
 * as an app depends on it. With a bundler import `'rxjs'`, which is the same module.
 */
// The one list that is not written by hand: it is theirs.
// eslint-disable-next-line no-restricted-syntax
export * from 'rxjs';
