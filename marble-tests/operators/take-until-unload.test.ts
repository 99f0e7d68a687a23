import { finalize, NEVER, tap } from 'rxjs';
import { createHttp, createNetwork, takeUntilUnload } from '../../src/index.js';
import { marbles, obeysTheLaws, scriptedWx } from '../../src/testing/index.js';

interface Unloadable {
  onUnload?: () => unknown;
  detached?: () => unknown;
}

describe('takeUntilUnload', () => {
  obeysTheLaws(() => takeUntilUnload({}));

  it(
    'completes when the page unloads',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const page: Unloadable = {};
      const onUnload = hot(' -----u----');
      const source = cold('  -a--b--c--d');
      const subs = '         ^----!';
      const expected = '     -a--b|';

      const result = source.pipe(takeUntilUnload(page));
      onUnload.subscribe(() => page.onUnload?.());

      expectObservable(result).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it(
    'aborts what runs and never sends what waits',
    marbles((helpers) => {
      const wx = scriptedWx(() => NEVER);
      const network = createNetwork({ wx, concurrency: 1 });
      const http$ = createHttp(network);
      const page: Unloadable = {};
      helpers.hot('---u').subscribe(() => page.onUnload?.());

      helpers.expectObservable(http$('https://api.example.com/1').pipe(takeUntilUnload(page))).toBe('---|');
      helpers.expectObservable(http$('https://api.example.com/2').pipe(takeUntilUnload(page))).toBe('---|');
      helpers.flush();

      expect(wx.log).toEqual(['sent @0', 'aborted @3']);
      expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it('calls what the author wrote first, with its this and its arguments, and hands its value on', () => {
    const log: unknown[] = [];
    const page = {
      name: 'detail',
      onUnload(this: { name: string }, reason: string) {
        log.push([this.name, reason]);
        return 'value';
      },
    };
    NEVER.pipe(
      takeUntilUnload(page),
      finalize(() => log.push('ended')),
    ).subscribe();

    expect(page.onUnload('back')).toBe('value');

    expect(log).toEqual([['detail', 'back'], 'ended']);
  });

  it('ends the streams though the author’s hook throws', () => {
    const page: Unloadable = {
      onUnload: () => {
        throw new Error('its own');
      },
    };
    let ended = false;
    NEVER.pipe(takeUntilUnload(page)).subscribe({ complete: () => (ended = true) });

    expect(() => page.onUnload?.()).toThrow('its own');
    expect(ended).toBe(true);
  });

  it('calls the author’s hook each time, also after one that threw', () => {
    let called = 0;
    const page: Unloadable = {
      onUnload: () => {
        if (++called === 1) throw new Error('its own');
      },
    };
    takeUntilUnload(page);

    expect(() => page.onUnload?.()).toThrow('its own');
    page.onUnload?.();
    page.onUnload?.();

    expect(called).toBe(3);
  });

  it('wraps a page once, however many streams it has', () => {
    const page: Unloadable = {};
    takeUntilUnload(page);
    const { onUnload } = page;

    takeUntilUnload(page);

    expect(page.onUnload).toBe(onUnload);
  });

  it('ends at once what is asked for after the page has gone', () => {
    const page: Unloadable = {};
    takeUntilUnload(page);
    page.onUnload?.();
    let subscribed = false;

    NEVER.pipe(tap({ subscribe: () => (subscribed = true) }), takeUntilUnload(page)).subscribe();

    expect(subscribed).toBe(false);
  });

  it('ends with a component that forwards detached', () => {
    const component: Unloadable = {};
    let ended = false;
    NEVER.pipe(takeUntilUnload(component)).subscribe({ complete: () => (ended = true) });

    component.detached?.();

    expect(ended).toBe(true);
  });

  it('does not call itself for ever where the forwarding stands on the instance', () => {
    let forwarded = 0;
    const component: Unloadable = {
      detached() {
        forwarded++;
        return this.detached?.();
      },
    };
    takeUntilUnload(component);

    component.detached?.();

    expect(forwarded).toBe(1);
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['page', 'string'],
  ])('refuses %s, as where this was lost', (page, seen) => {
    expect(() => takeUntilUnload(page as never)).toThrow(
      new TypeError(
        `takeUntilUnload: expected a page or component instance; got ${seen}. Pass \`this\` from a method, not from a plain function`,
      ),
    );
  });
});
