import type { SchedulerLike } from 'rxjs';
import {
  callFail,
  callSuccess,
  promiseWithoutCallbacks,
  type Callbacks,
  type GeneralResult,
} from '../simulator/apis/callbacks.js';
import type { Realm } from './realm.js';

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
  'createUserInfoButton',
  'createGameClubButton',
  'createFeedbackButton',
  'createOpenSettingButton',
];
const FRAME_MS = 16;

/** What it has of others' scores: there are none. */
const SCORES: { readonly [api: string]: object } = {
  setUserCloudStorage: {},
  removeUserCloudStorage: {},
  getUserCloudStorage: { KVDataList: [] },
  getFriendCloudStorage: { data: [] },
  getGroupCloudStorage: { data: [] },
};
const IGNORED = ['setPreferredFramesPerSecond', 'triggerGC', 'shareAppMessage', 'onShareAppMessage', 'onMessage'];

/** What the members of a mini game stand on. */
export interface GameStage {
  readonly drawn: unknown;
  readonly scheduler: SchedulerLike;
  /** Those of a mini program, by other names here. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Runs a sub-package by its name; `false` where there is none of it. */
  readonly loadSubpackage: (name: string) => boolean;
}

/** What only a mini game has, of which the platform's typings of mini programs say nothing; nothing is drawn. */
export function gameMembers({ drawn, scheduler, members, loadSubpackage }: GameStage): Record<string, unknown> {
  const nothing = () => undefined;
  const later = (act: (callbacks: Callbacks<GeneralResult>) => void) => (option?: Callbacks<GeneralResult>) =>
    promiseWithoutCallbacks<GeneralResult>(option, (callbacks) => void scheduler.schedule(() => act(callbacks)));
  return Object.fromEntries<unknown>([
    ...EVENTS.flatMap((event) => [[`on${event}`, nothing] as const, [`off${event}`, nothing] as const]),
    ...DRAWN.map((name) => [name, () => drawn] as const),
    ...IGNORED.map((name) => [name, nothing] as const),
    ...Object.entries(SCORES).map(
      ([api, answer]) =>
        [api, later((callbacks) => callSuccess(callbacks, { ...answer, errMsg: `${api}:ok` }))] as const,
    ),
    [
      'loadSubpackage',
      (option: Callbacks<GeneralResult> & { readonly name?: unknown }) => {
        scheduler.schedule(() => {
          if (loadSubpackage(String(option.name))) callSuccess(option, { errMsg: 'loadSubpackage:ok' });
          else callFail(option, { errMsg: 'loadSubpackage:fail name not found' });
        });
        return { onProgressUpdate: nothing };
      },
    ],
    ...['Show', 'Hide'].flatMap((event) => [
      [`on${event}`, members[`onApp${event}`]] as const,
      [`off${event}`, members[`offApp${event}`]] as const,
    ]),
    ['loadFont', () => ''],
    ['getTextLineHeight', () => 0],
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
