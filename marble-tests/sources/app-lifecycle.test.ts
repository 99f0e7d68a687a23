import { asyncScheduler, defer, map, type Observable } from 'rxjs';
import { appLifecycle$, type WxLifecyclePort } from '../../src/index.js';
import { type MarbleHelpers, marbles } from '../../src/testing/index.js';

describe('appLifecycle$', () => {
  it(
    'tells of hiding and showing, and replays the present state',
    marbles((helpers) => {
      const { expectObservable } = helpers;
      const platform = '       ---h-------s------';
      const expected = '       f--b-------f------';
      const lateSubscribes = ' ------^';
      const late = '           ------b----f------';

      const app$ = appLifecycle$({ wx: platformOf(helpers, platform) });

      expectObservable(app$.pipe(map(letterOf))).toBe(expected);
      expectObservable(app$.pipe(map(letterOf)), lateSubscribes).toBe(late);
    }),
  );

  it(
    'tells since when, and how long the app was away',
    marbles((helpers) => {
      const app$ = appLifecycle$({ wx: platformOf(helpers, '---h-------s') });

      helpers.expectObservable(app$).toBe('f--b-------s', {
        f: { visibility: 'foreground', since: 0, awayMs: 0 },
        b: { visibility: 'background', since: 3, awayMs: 0 },
        s: { visibility: 'foreground', since: 11, awayMs: 8 },
      });
    }),
  );

  it(
    'listens before anybody subscribes, and says nothing twice',
    marbles((helpers) => {
      const app$ = appLifecycle$({ wx: platformOf(helpers, '-hh-ss') });

      helpers.expectObservable(defer(() => app$).pipe(map(letterOf)), '--^').toBe('--b-f');
    }),
  );

  it(
    'takes the names that mini games use',
    marbles((helpers) => {
      const { onAppShow, onAppHide } = platformOf(helpers, '-h-s');
      const app$ = appLifecycle$({ wx: { onShow: onAppShow, onHide: onAppHide } });

      helpers.expectObservable(app$.pipe(map(letterOf))).toBe('fb-f');
    }),
  );

  it(
    'says unknown where the platform does not tell, as in plugins',
    marbles(({ expectObservable }) => {
      expectObservable(appLifecycle$({ wx: {} })).toBe('u', {
        u: { visibility: 'unknown', since: asyncScheduler.now(), awayMs: 0 },
      });
    }),
  );
});

const letterOf = ({ visibility }: { readonly visibility: string }) => visibility.slice(0, 1);

function platformOf({ hot }: MarbleHelpers, lane: string): Required<Pick<WxLifecyclePort, 'onAppShow' | 'onAppHide'>> {
  const marks$: Observable<string> = hot(lane);
  const on = (wanted: string) => (listener: () => void) => {
    marks$.subscribe((mark) => {
      if (mark === wanted) listener();
    });
  };
  return { onAppShow: on('s'), onAppHide: on('h') };
}
