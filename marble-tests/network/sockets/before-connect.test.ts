import { catchError, map, of, timer } from 'rxjs';
import type { BackgroundPolicy } from '../../../src/index.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, raw, socketApp, states$ } from './socket-app.js';

const connects = (log: readonly string[]) => log.filter((line) => line.startsWith('connect'));

describe('options that beforeConnect writes into', () => {
  it(
    '[K1.4][K9.9] are as they were given at each attempt',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', (index) => cold(index < 2 ? 'ox' : 'o', marks));
      const listener = socket$<never>({
        ...raw,
        protocols: ['chat'],
        header: {},
        platform: {},
        beforeConnect(options) {
          (options.protocols as string[]).push('token');
          const header = options.header as Record<string, string>;
          header['attempts'] = `${header['attempts'] ?? ''}I`;
          const platform = options.platform as Record<string, unknown>;
          platform['attempts'] = `${(platform['attempts'] as string | undefined) ?? ''}I`;
          return options;
        },
      }).messages$.subscribe();
      cold('40ms x').subscribe(() => listener.unsubscribe());
      flush();

      expect(wx.socketOptions.length).toBe(3);
      for (const option of wx.socketOptions) {
        expect(option).toMatchObject({ protocols: ['chat', 'token'], header: { attempts: 'I' }, attempts: 'I' });
      }
    }),
  );
});

describe('a token that is fetched while the app is hidden', () => {
  it.each<[BackgroundPolicy, string, readonly string[]]>([
    ['hold', 'g-------------o----c', ['connect 0 @13']],
    ['refuse', 'g----(c|)', []],
    ['send', 'g-----o------------c', ['connect 0 @5']],
  ])('[BG-2][K9.9] %s: connecting keeps to the background policy', (background, states, log) => {
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '--h----------s', () => cold('-o', marks));
      const socket = socket$<never>({
        ...raw,
        background,
        beforeConnect: (options) => timer(5).pipe(map(() => options)),
      });

      const told: string[] = [];
      states$(socket).subscribe((state) => told.push(state));
      const codes$ = socket.messages$.pipe(catchError((error: { readonly code: string }) => of(error.code)));
      expectObservable(codes$, '^------------------!').toBe(background === 'refuse' ? '-----(e|)' : '', {
        e: 'background',
      });
      flush();

      expect(told.join('')).toBe(`c${states.replace(/[-()|]/g, '')}`);
      expect(connects(wx.log)).toEqual(log);
    })();
  });

  it(
    '[BG-1][K9.9] asks for another one, where the app was away for so long that it may be stale',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '--h 7s s', () => cold('-o', marks));
      let asked = 0;
      const socket = socket$<never>({
        ...raw,
        beforeConnect: (options) => timer(5).pipe(map(() => ({ ...options, url: `${options.url}?token=${++asked}` }))),
      });
      const listener = socket.messages$.subscribe();
      cold('8s x').subscribe(() => listener.unsubscribe());
      flush();

      expect(connects(wx.log)).toEqual(['connect 0 @7008']);
      expect(wx.socketOptions.map(({ url }) => url)).toEqual([`${raw.url}?token=2`]);
    }),
  );
});
