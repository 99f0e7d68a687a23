import type { Observable } from 'rxjs';
import { networkStatus$, type NetworkStatus, type NetworkType, type WxNetworkStatusPort } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

const status = (networkType: NetworkType): NetworkStatus => ({ isConnected: networkType !== 'none', networkType });
const values = { w: status('wifi'), n: status('none'), 4: status('4g') };

describe('networkStatus$', () => {
  it(
    'tells the connection of now and each change',
    marbles(({ cold, hot, expectObservable }) => {
      const getNetworkType = cold('    -w', values);
      const onNetworkStatusChange = hot('-----n---4---', values);
      const expected = '               -w---n---4---';

      expectObservable(networkStatus$({ wx: wxOf(getNetworkType, onNetworkStatusChange) })).toBe(expected, values);
    }),
  );

  it(
    'lets a change that comes first beat the first answer',
    marbles(({ cold, hot, expectObservable }) => {
      const first = cold('   ---w', values);
      const changes = hot('  -n--', values);
      const expected = '     -n--';

      expectObservable(networkStatus$({ wx: wxOf(first, changes) })).toBe(expected, values);
    }),
  );

  it(
    'asks nobody before it is subscribed, and anew each time',
    marbles(({ cold, hot, expectObservable, flush }) => {
      const asked = cold('w', values);
      const wx = wxOf(asked, hot('--', values));
      const status$ = networkStatus$({ wx });
      expect(wx.listeners.size).toBe(0);

      expectObservable(status$, '^-!').toBe('w', values);
      expectObservable(status$, '---^-!').toBe('---w', values);
      flush();

      expect(asked.subscriptions).toHaveLength(2);
    }),
  );

  it(
    'takes its own listener back, and no other',
    marbles(({ cold, hot, expectObservable, flush }) => {
      const wx = wxOf(cold('-w', values), hot('----n', values));
      const other = () => undefined;
      wx.onNetworkStatusChange(other);

      expectObservable(networkStatus$({ wx }), '^--!').toBe('-w', values);
      flush();

      expect([...wx.listeners.keys()]).toEqual([other]);
    }),
  );
});

function wxOf(first$: Observable<NetworkStatus>, changes$: Observable<NetworkStatus>) {
  const listeners = new Map<unknown, { unsubscribe(): void }>();
  return {
    listeners,
    getNetworkType: ({ success }) => first$.subscribe((result) => success?.(result)),
    onNetworkStatusChange: (listener) => listeners.set(listener, changes$.subscribe(listener)),
    offNetworkStatusChange(listener) {
      listeners.get(listener)?.unsubscribe();
      listeners.delete(listener);
    },
  } satisfies WxNetworkStatusPort & { listeners: unknown };
}
