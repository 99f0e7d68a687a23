import type { SchedulerLike } from 'rxjs';
import type { Realm } from './realm.js';

/** An object that is all things: each member of it is it, and so is what a call of it gives. For what draws. */
const ANYTHING = `(() => {
  const anything = new Proxy(function () {}, {
    get: (_target, name) =>
      name === 'then' ? undefined : name === Symbol.toPrimitive ? () => 0 : name === Symbol.iterator ? [][name] : anything,
    set: () => true,
    apply: () => anything,
    construct: () => anything,
  });
  return anything;
})()`;

const EVENTS = [
  'TouchStart',
  'TouchMove',
  'TouchEnd',
  'TouchCancel',
  'KeyDown',
  'KeyUp',
  'MouseDown',
  'MouseMove',
  'MouseUp',
  'Wheel',
];
const DRAWN = [
  'createCanvas',
  'createImage',
  'createImageData',
  'createPath2D',
  'getOpenDataContext',
  'getSharedCanvas',
];
const FRAME_MS = 16;

/** What only a mini game has, of which the platform's typings of mini programs say nothing; nothing is drawn. */
export function gameMembers(realm: Realm): Record<string, unknown> {
  const anything = realm.evaluate(ANYTHING, 'realm');
  const nothing = () => undefined;
  return Object.fromEntries([
    ...EVENTS.flatMap((event) => [[`on${event}`, nothing] as const, [`off${event}`, nothing] as const]),
    ...DRAWN.map((name) => [name, () => anything] as const),
    ['loadFont', () => ''],
    ['getTextLineHeight', () => 0],
    ['setPreferredFramesPerSecond', nothing],
  ]);
}

/** The globals of a mini game: frames come on the app's clock. */
export function defineGameGlobals(realm: Realm, scheduler: SchedulerLike): void {
  const frames = new Map<number, { unsubscribe(): void }>();
  let last = 0;
  realm.define({
    requestAnimationFrame: (draw: (atMs: number) => void) => {
      const id = ++last;
      frames.set(
        id,
        scheduler.schedule(() => {
          frames.delete(id);
          draw(scheduler.now());
        }, FRAME_MS),
      );
      return id;
    },
    cancelAnimationFrame: (id: number) => {
      frames.get(id)?.unsubscribe();
      frames.delete(id);
    },
  });
  realm.evaluate('globalThis.GameGlobal = globalThis;', 'realm');
}
