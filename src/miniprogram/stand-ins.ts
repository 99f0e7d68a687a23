import type { SchedulerLike } from 'rxjs';
import {
  callFail,
  callSuccess,
  promiseWithoutCallbacks,
  type Callbacks,
  type GeneralResult,
} from '../simulator/apis/callbacks.js';
import type { AnyFunction } from './realm.js';
import type { Shape, WxTable } from './read-typings.js';
import { selectorQuery } from './selector-query.js';
import { DECLINED, KNOWN_ANSWERS } from './stand-in-answers.js';

/** How a member of `wx` that is not simulated answered. */
export type StandInKind =
  /** With a value of its type. */
  | 'answered'
  /** As a user who says no. */
  | 'declined'
  /** As the script of the run said. */
  | 'scripted';

/** What stand-ins stand on. */
export interface StandInOptions {
  readonly table: WxTable;
  readonly scheduler: SchedulerLike;
  /** Is told of each that is used. */
  readonly used: (api: string, kind: StandInKind) => void;
  /** What the script of the run says to this API now, if it says anything; a `fail` in it fails the call. */
  readonly scripted: (api: string, option: unknown) => object | undefined;
  /** What an app draws on. */
  readonly drawn?: unknown;
}

/** Objects that name each other end here. */
const MAX_DEPTH = 5;

/**
 * Makes a stand-in for every member of `wx` that the platform's typings name: it answers `success` with values of the right
 * types, in a turn of its own; what asks the user answers as one who says no.
 */
export function createStandIns({ table, scheduler, used, scripted, drawn }: StandInOptions): Record<string, unknown> {
  const valueOf = (shape: Shape, path = '', depth = 0): unknown => {
    if (typeof shape !== 'string') return depth > MAX_DEPTH ? {} : objectOf(shape, path, depth);
    switch (shape[0]) {
      case 's':
        return '';
      case 'n':
        return 0;
      case 'b':
        return false;
      case 'a':
        return [];
      case 'o':
        return {};
      case 'B':
        return new ArrayBuffer(0);
      case '=':
        return shape.slice(1);
      case '#':
        return valueOf(table.shapes[shape.slice(1)] ?? 'o', path, depth + 1);
      case '(':
        // From the beginning: a chain of calls may be long, and each is made when it is called.
        return () => valueOf(shape.slice(1), path);
      case '~':
        return asynchronous(path, shape.slice(1));
      default:
        return undefined;
    }
  };
  const objectOf = (shape: { readonly [member: string]: Shape }, path: string, depth: number): unknown => {
    // Something to make objects with: `new wx.cloud.CloudID('…')`.
    if ('new' in shape) return () => ({});
    return membersOf(shape, path, depth);
  };
  const membersOf = (shape: { readonly [member: string]: Shape }, path: string, depth: number) =>
    Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, valueOf(one, `${path}.${name}`, depth + 1)]));

  /** Ends a call in a turn of its own. */
  const later = (api: string, option: Callbacks<GeneralResult> | undefined, result: unknown, failed = false) =>
    promiseWithoutCallbacks<GeneralResult>(option, (callbacks) => {
      scheduler.schedule(() => {
        // `fail` is the script's word; the app is told of it in errMsg alone.
        const { fail, ...others } = (result ?? {}) as { readonly fail?: unknown };
        if (failed) callFail(callbacks, { ...others, errMsg: `${api}:fail ${String(fail)}` });
        else callSuccess(callbacks, { ...(result as object | undefined), errMsg: `${api}:ok` });
      });
    });

  const asynchronous =
    (api: string, shape: Shape) =>
    (option?: Callbacks<GeneralResult>): unknown => {
      const told = scripted(api, option);
      if (told) {
        used(api, 'scripted');
        return later(api, option, told, 'fail' in told);
      }
      const declined = DECLINED[api];
      if (declined !== undefined) {
        used(api, 'declined');
        return typeof declined === 'string'
          ? later(api, option, { fail: declined }, true)
          : later(api, option, declined);
      }
      used(api, 'answered');
      return later(api, option, { ...(valueOf(shape, api) as object | undefined), ...KNOWN_ANSWERS[api] });
    };

  const synchronous = (api: string, shape: Shape): AnyFunction => {
    // Listeners are kept by nobody: what they wait for does not happen here.
    if (/^(?:on|off)[A-Z]/.test(api)) return () => undefined;
    return (option) => {
      used(api, 'answered');
      return KNOWN_ANSWERS[api] ?? scripted(api, option) ?? valueOf(shape, api);
    };
  };

  const members = Object.entries(table.members).map(([api, shape]) => {
    if (typeof shape === 'string' && shape.startsWith('~')) return [api, asynchronous(api, shape.slice(1))];
    if (typeof shape === 'string' && shape.startsWith('(')) return [api, synchronous(api, shape.slice(1))];
    return [api, valueOf(shape, api)];
  });
  return {
    ...(Object.fromEntries(members) as Record<string, unknown>),
    nextTick: (callback: AnyFunction) => void scheduler.schedule(() => void callback()),
    createSelectorQuery: () => selectorQuery(scheduler, drawn),
  };
}
