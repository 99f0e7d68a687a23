import { ReplaySubject, takeUntil, type Observable } from 'rxjs';
import { leaving } from './leaving.js';

type Hook = 'onUnload' | 'detached';
type Hooks = { [Name in Hook]?: ((...args: never[]) => unknown) | undefined };

const unloads = new WeakMap<object, Observable<void>>();

/**
 * Completes the stream when the page or component that asked for it unloads: what runs is aborted, what waits is never
 * sent.
 *
 * ```text
 * onUnload  -----u----
 * source    -a--b--c--d
 * result    -a--b|
 * ```
 *
 * It wraps `onUnload` and `detached` of the instance, once, and calls what the author wrote first. A page's `onUnload` is
 * called on the instance, so nothing more is needed there. A component's `detached` is called from its definition: forward
 * it, with `lifetimes: { detached() { this.detached?.() } }`. In Taro and uni-app use their hooks and `takeUntil`.
 *
 * @example
 * ```ts
 * Page({
 *   onLoad() {
 *     http$.get<Item[]>('/items')
 *       .pipe(takeUntilUnload(this))
 *       .subscribe(({ body }) => this.setData({ items: body }));
 *   },
 * });
 * ```
 *
 * @param page - `this`, in a page or a component.
 * @throws TypeError when it is not an object, as where `this` was lost.
 */
export function takeUntilUnload(page: object): <T>(source: Observable<T>) => Observable<T> {
  if (typeof page !== 'object' || (page as object | null) === null) {
    throw new TypeError(
      `takeUntilUnload: expected a page or component instance; got ${typeof page === 'object' ? 'null' : typeof page}. ` +
        'Pass `this` from a method, not from a plain function',
    );
  }
  const unload$ = unloads.get(page) ?? watched(page);
  return (source) => source.pipe(takeUntil(unload$));
}

function watched(page: object): Observable<void> {
  // Replayed: what is asked for after the page has gone ends at once.
  const unload$ = new ReplaySubject<void>(1);
  wrap(page, 'onUnload', unload$);
  wrap(page, 'detached', unload$);
  unloads.set(page, unload$);
  return unload$;
}

function wrap(page: Hooks, hook: Hook, unload$: ReplaySubject<void>): void {
  const authors = page[hook];
  let running = false;
  page[hook] = function (this: unknown, ...args: never[]): unknown {
    // A component's definition that forwards to the instance may be what stands on the instance.
    if (running) return undefined;
    running = true;
    try {
      return authors?.apply(this, args);
    } finally {
      running = false;
      leaving.page = true;
      unload$.next();
      leaving.page = false;
    }
  };
}
