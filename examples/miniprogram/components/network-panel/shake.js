const { defer, filter, finalize, fromEventPattern, map, throttleTime } = require('rx-miniprogram/rxjs');

/** A phone that lies still feels 1: its own weight. A step is 1.5. */
const SHAKEN = 2.5;
/** One shake goes to and fro for about so long, in milliseconds. */
const ONE_SHAKE_MS = 1_000;

/**
 * Tells of each shake of the phone. The sensor runs while somebody listens, and drains the battery.
 *
 * @type {import('rx-miniprogram/rxjs').Observable<void>}
 */
const shake$ = defer(() => {
  wx.startAccelerometer({ interval: 'ui', fail: () => {} });
  return fromEventPattern(
    (/** @type {(moved: WechatMiniprogram.OnAccelerometerChangeListenerResult) => void} */ listener) =>
      wx.onAccelerometerChange(listener),
    (listener) => wx.offAccelerometerChange(listener),
  );
}).pipe(
  filter(({ x, y, z }) => Math.sqrt(x * x + y * y + z * z) > SHAKEN),
  throttleTime(ONE_SHAKE_MS),
  map(() => undefined),
  finalize(() => wx.stopAccelerometer({ fail: () => {} })),
);

module.exports = { shake$ };
