import type { SchedulerLike } from 'rxjs';
import {
  callFail,
  callSuccess,
  promiseWithoutCallbacks,
  type Callbacks,
  type GeneralResult,
} from '../simulator/apis/callbacks.js';
import { createListeners } from '../simulator/listeners.js';
import type { NavigationKind, PageStack } from './page-stack.js';
import type { AnyFunction, Realm } from './realm.js';
import { parseRoute, type Route } from './route.js';

interface NavigationOption extends Callbacks<GeneralResult & { eventChannel?: unknown }> {
  readonly url?: unknown;
  readonly delta?: unknown;
  readonly events?: Readonly<Record<string, AnyFunction>>;
}

/** What the navigation of `wx` stands on. */
export interface NavigationOptions {
  readonly stack: PageStack;
  readonly scheduler: SchedulerLike;
  readonly realm: Realm;
  readonly threw: (error: unknown) => void;
}

/** Makes `wx.navigateTo` and its like. A page opens in a turn of its own, as on a phone. */
export function createNavigation({ stack, scheduler, realm, threw }: NavigationOptions): Record<string, unknown> {
  const navigate =
    (kind: NavigationKind) =>
    (option: NavigationOption = {}) =>
      promiseWithoutCallbacks<GeneralResult>(option, (callbacks) => {
        const route = routeOf(option.url, stack);
        const refusal =
          route === undefined ? 'parameter error: parameter.url should be String' : stack.refusal(kind, route);
        scheduler.schedule(() => {
          if (refusal !== undefined || route === undefined) {
            callFail(callbacks, { errMsg: `${kind}:fail ${refusal ?? ''}` });
            return;
          }
          const [opener, opened] = eventChannels(option.events, realm);
          try {
            stack.go(kind, route, opened);
          } catch (error) {
            threw(error);
            callFail(callbacks, { errMsg: `${kind}:fail page "${route.path}" could not be opened` });
            return;
          }
          const more = kind === 'navigateTo' ? { eventChannel: opener } : {};
          callSuccess(callbacks, { ...more, errMsg: `${kind}:ok` });
        });
      });

  return {
    navigateTo: navigate('navigateTo'),
    redirectTo: navigate('redirectTo'),
    switchTab: navigate('switchTab'),
    reLaunch: navigate('reLaunch'),
    navigateBack: (option: NavigationOption = {}) =>
      promiseWithoutCallbacks<GeneralResult>(option, (callbacks) => {
        scheduler.schedule(() => {
          if (stack.pages().length < 2) {
            callFail(callbacks, { errMsg: 'navigateBack:fail cannot navigate back at first page.' });
            return;
          }
          stack.back(typeof option.delta === 'number' ? option.delta : 1);
          callSuccess(callbacks, { errMsg: 'navigateBack:ok' });
        });
      }),
  };
}

function routeOf(url: unknown, stack: PageStack): Route | undefined {
  return typeof url === 'string' ? parseRoute(url, stack.current()?.route.path) : undefined;
}

/** Two ends: what one emits the other hears, from the start. */
function eventChannels(events: NavigationOption['events'], realm: Realm): readonly [opener: unknown, opened: unknown] {
  const toOpener = createChannel();
  const toOpened = createChannel();
  for (const [name, listener] of Object.entries(events ?? {})) toOpener.on(name, listener);
  return [realm.toApp({ ...toOpener, emit: toOpened.emit }), realm.toApp({ ...toOpened, emit: toOpener.emit })];
}

function createChannel() {
  const channels = new Map<string, ReturnType<typeof createListeners<readonly unknown[]>>>();
  const wrapped = new Map<AnyFunction, (args: readonly unknown[]) => void>();
  /** What was emitted before anybody listened. */
  const early: (readonly [name: string, args: readonly unknown[]])[] = [];
  const channelOf = (name: string) => {
    const channel = channels.get(name) ?? createListeners<readonly unknown[]>();
    channels.set(name, channel);
    return channel;
  };
  const on = (name: string, listener: AnyFunction) => {
    const hear = (args: readonly unknown[]) => void listener(...args);
    wrapped.set(listener, hear);
    channelOf(name).on(hear);
    for (const [told, args] of early.filter(([told]) => told === name)) {
      early.splice(
        early.findIndex(([one]) => one === told),
        1,
      );
      hear(args);
    }
  };
  return {
    on,
    once: (name: string, listener: AnyFunction) => {
      const first: AnyFunction = (...args) => {
        off(name, first);
        return listener(...args);
      };
      on(name, first);
    },
    off: (name: string, listener?: AnyFunction) => off(name, listener),
    emit: (name: string, ...args: unknown[]) => {
      if (channelOf(name).heard()) channelOf(name).emit(args);
      else early.push([name, args]);
    },
  };

  function off(name: string, listener?: AnyFunction) {
    if (listener === undefined) channelOf(name).off();
    else channelOf(name).off(wrapped.get(listener));
  }
}
