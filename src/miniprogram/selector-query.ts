import type { SchedulerLike } from 'rxjs';

type Told = (found: unknown) => void;

const NOTHING = {
  id: '',
  dataset: {},
  left: 0,
  right: 0,
  top: 0,
  bottom: 0,
  width: 0,
  height: 0,
  scrollLeft: 0,
  scrollTop: 0,
};

/**
 * A query of a page that is not drawn: all that it asks for is there, and has no size.
 *
 * @param drawn - The node of a canvas.
 */
export function selectorQuery(scheduler: SchedulerLike, drawn: unknown): object {
  const asked: { readonly found: unknown; readonly callback: Told | undefined }[] = [];
  const nodes = (isList: boolean) => {
    const ask = (callback: Told | undefined, more: object = {}) => {
      const found = { ...NOTHING, ...more };
      asked.push({ found: isList ? [found] : found, callback });
      return query;
    };
    return {
      boundingClientRect: (callback?: Told) => ask(callback),
      scrollOffset: (callback?: Told) => ask(callback),
      context: (callback?: Told) => ask(callback, { context: drawn }),
      node: (callback?: Told) => ask(callback, { node: drawn }),
      fields: (fields?: Readonly<Record<string, unknown>>, callback?: Told) =>
        ask(callback, {
          ...(fields?.['node'] === true && { node: drawn }),
          ...(fields?.['context'] === true && { context: drawn }),
        }),
    };
  };
  const query = {
    in: () => query,
    select: () => nodes(false),
    selectAll: () => nodes(true),
    selectViewport: () => nodes(false),
    exec: (callback?: Told) => {
      const now = [...asked];
      scheduler.schedule(() => {
        for (const one of now) one.callback?.(one.found);
        callback?.(now.map(({ found }) => found));
      });
      return query;
    },
  };
  return query;
}
