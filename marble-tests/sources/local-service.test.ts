import { asyncScheduler, map, switchMap } from 'rxjs';
import { NetworkError } from '../../src/index.js';
import { localServices$, type WxLocalServicePort } from '../../src/sockets.js';
import { marbles, type MarbleHelpers } from '../../src/testing/index.js';

/** The listeners of one of the platform's objects, by the name of their event, with the functions that add and remove them. */
function scriptedListeners<Name extends string>(...names: readonly Name[]) {
  const sets = new Map<Name, Set<(result: never) => void>>(names.map((name) => [name, new Set()]));
  const methods: Record<string, (listener: (result: never) => void) => void> = {};
  for (const [name, listeners] of sets) {
    methods[`on${name}`] = (listener) => listeners.add(listener);
    methods[`off${name}`] = (listener) => {
      // A bare off would remove everybody's.
      if (typeof listener !== 'function') throw new Error(`off${name} without a listener`);
      listeners.delete(listener);
    };
  }
  return {
    methods: methods as never,
    tell: (name: Name, result: unknown = {}) => {
      for (const listener of [...(sets.get(name) ?? [])]) listener(result as never);
    },
    /** How many there are. */
    count: () => [...sets.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

describe('localServices$', () => {
  const service = { serviceType: '_http._tcp', serviceName: 'printer', ip: '192.168.1.9', port: 80 };

  function searchingPhone({ cold }: MarbleHelpers, lane: string) {
    const log: string[] = [];
    const listeners = scriptedListeners(
      'LocalServiceFound',
      'LocalServiceLost',
      'LocalServiceResolveFail',
      'LocalServiceDiscoveryStop',
    );
    const note = (what: string) => log.push(`${what} @${asyncScheduler.now()}`);
    const { serviceType, serviceName } = service;
    const wx = Object.assign(listeners.methods as object as WxLocalServicePort, {
      startLocalServiceDiscovery(option: {
        serviceType: string;
        success?: () => void;
        fail?: (failure: { errMsg: string }) => void;
      }) {
        note(`start ${option.serviceType}`);
        cold(lane).subscribe((mark) => {
          if (mark === 'o') option.success?.();
          else if (mark === 'f') listeners.tell('LocalServiceFound', service);
          else if (mark === 'l') listeners.tell('LocalServiceLost', { serviceType, serviceName });
          else if (mark === 'r') listeners.tell('LocalServiceResolveFail', { serviceType, serviceName });
          else if (mark === 's') listeners.tell('LocalServiceDiscoveryStop');
          else option.fail?.({ errMsg: 'startLocalServiceDiscovery:fail scan task already exist' });
        });
      },
      stopLocalServiceDiscovery: () => note('stop'),
    });
    return { wx, log, listeners };
  }

  it(
    'tells of services until the search stops, and stops it when its consumer leaves',
    marbles((helpers) => {
      const stopped = searchingPhone(helpers, 'o-f-r-l-s');
      const left = searchingPhone(helpers, '   o-f------');
      const letter = map(({ type }: { type: string }) => type.charAt(0));

      helpers.expectObservable(localServices$('_http._tcp', stopped).pipe(letter)).toBe('--f-r-l-|');
      helpers.expectObservable(localServices$('_http._tcp', left).pipe(letter), '^---!').toBe('--f--');
      helpers.flush();

      expect(stopped.log).toEqual(['start _http._tcp @0']);
      expect(left.log).toEqual(['start _http._tcp @0', 'stop @4']);
      expect([stopped.listeners.count(), left.listeners.count()]).toEqual([0, 0]);
    }),
  );

  it(
    'errors when the search does not begin, and does not stop that of somebody else',
    marbles((helpers) => {
      const phone = searchingPhone(helpers, '-x');
      const errMsg = 'startLocalServiceDiscovery:fail scan task already exist';

      helpers.expectObservable(localServices$('_http._tcp', phone)).toBe(
        '-#',
        undefined,
        new NetworkError(`${errMsg}; have fewer at a time`, {
          code: 'too-many-tasks',
          api: 'startLocalServiceDiscovery',
          url: '_http._tcp',
          phase: 'attempt',
          errMsg,
          cause: { errMsg },
        }),
      );
      helpers.flush();

      expect(phone.log).toEqual(['start _http._tcp @0']);
    }),
  );

  it(
    'stops, once left before the platform has answered, its own search only',
    marbles((helpers) => {
      const began = searchingPhone(helpers, '   ---o');
      const refused = searchingPhone(helpers, ' ---x');
      const early = '                           ^-!';

      helpers.expectObservable(localServices$('_http._tcp', began), early).toBe('---');
      helpers.expectObservable(localServices$('_http._tcp', refused), early).toBe('---');
      helpers.flush();

      expect(began.log).toEqual(['start _http._tcp @0', 'stop @3']);
      expect(refused.log).toEqual(['start _http._tcp @0']);
    }),
  );

  /** A phone that is strict: one search at a time; a stop is answered, and told of, in turns of their own. */
  function strictPhone({ cold }: MarbleHelpers) {
    const log: string[] = [];
    const listeners = scriptedListeners(
      'LocalServiceFound',
      'LocalServiceLost',
      'LocalServiceResolveFail',
      'LocalServiceDiscoveryStop',
    );
    let isBusy = false;
    type Callbacks = { success?: () => void; fail?: (failure: { errMsg: string }) => void };
    const wx = Object.assign(listeners.methods as object as WxLocalServicePort, {
      startLocalServiceDiscovery(option: Callbacks & { serviceType: string }) {
        log.push(`start ${option.serviceType} @${asyncScheduler.now()}`);
        if (isBusy) option.fail?.({ errMsg: 'startLocalServiceDiscovery:fail scan task already exist' });
        else {
          isBusy = true;
          cold('of').subscribe((mark) =>
            mark === 'o' ? option.success?.() : listeners.tell('LocalServiceFound', service),
          );
        }
      },
      stopLocalServiceDiscovery(option: Callbacks) {
        log.push(`stop @${asyncScheduler.now()}`);
        isBusy = false;
        cold('-os').subscribe((mark) =>
          mark === 'o' ? option.success?.() : listeners.tell('LocalServiceDiscoveryStop'),
        );
      },
    });
    return { wx, log };
  }

  it(
    '[K9.5] searches again by switchMap: each search hears its own start and stop',
    marbles((helpers) => {
      const { wx, log } = strictPhone(helpers);
      const clicks = helpers.cold('a----b----c-----|');
      const found$ = clicks.pipe(
        switchMap(() => localServices$('_http._tcp', { wx })),
        map(({ type }) => type.charAt(0)),
      );

      helpers.expectObservable(found$, '^--------------!').toBe('-f------f----f');
      helpers.flush();

      expect(log).toEqual([
        'start _http._tcp @0',
        'stop @5',
        'start _http._tcp @7',
        'stop @10',
        'start _http._tcp @12',
        'stop @15',
      ]);
    }),
  );

  it(
    '[K9.5] does not wait for ever for a phone that never says whether a search began',
    marbles((helpers) => {
      const { wx, log } = strictPhone(helpers);
      const begin = wx.startLocalServiceDiscovery.bind(wx);
      let asked = 0;
      const dumb = Object.assign(wx, {
        startLocalServiceDiscovery: (option: never) => (asked++ === 0 ? undefined : begin(option)),
      });
      const letter = map(({ type }: { type: string }) => type.charAt(0));

      helpers.expectObservable(localServices$('_a._tcp', { wx: dumb }), '^--!').toBe('');
      helpers.expectObservable(localServices$('_b._tcp', { wx: dumb }).pipe(letter), '^ 2s !').toBe('1004ms f');
      helpers.flush();

      expect(log).toEqual(['start _b._tcp @1003', 'stop @2001']);
    }),
  );

  it(
    '[K9.5] ends on a phone that never tells of the end, and lets the next search',
    marbles((helpers) => {
      const { wx, log } = strictPhone(helpers);
      const silent = Object.assign(wx, {
        onLocalServiceDiscoveryStop: () => undefined,
      });
      const letter = map(({ type }: { type: string }) => type.charAt(0));

      helpers.expectObservable(localServices$('_a._tcp', { wx: silent }).pipe(letter)).toBe('-f 30998ms |');
      helpers.expectObservable(localServices$('_b._tcp', { wx: silent }).pipe(letter), '^ 40s !').toBe('32001ms f');
      helpers.flush();

      expect(log).toEqual(['start _a._tcp @0', 'stop @31000', 'start _b._tcp @32000', 'stop @40001']);
    }),
  );

  it(
    '[K9.5] errors on a phone that never says whether the search began',
    marbles((helpers) => {
      const { wx } = strictPhone(helpers);
      const dumb = Object.assign(wx, { startLocalServiceDiscovery: () => undefined });

      helpers.expectObservable(localServices$('_a._tcp', { wx: dumb })).toBe(
        '31s #',
        undefined,
        new NetworkError('the platform did not say within 31000 ms whether the search has begun', {
          code: 'timeout',
          api: 'startLocalServiceDiscovery',
          url: '_a._tcp',
          phase: 'attempt',
        }),
      );
    }),
  );

  it(
    '[K9.5] lets two pages search in one turn, one after the other; one that leaves meanwhile never begins',
    marbles((helpers) => {
      const { wx, log } = strictPhone(helpers);
      const letter = map(({ type }: { type: string }) => type.charAt(0));

      helpers.expectObservable(localServices$('_a._tcp', { wx }).pipe(letter), '^--!').toBe('-f');
      helpers.expectObservable(localServices$('_b._tcp', { wx }).pipe(letter), '^!').toBe('');
      helpers.expectObservable(localServices$('_c._tcp', { wx }).pipe(letter), '^-------!').toBe('------f');
      helpers.flush();

      expect(log).toEqual(['start _a._tcp @0', 'stop @3', 'start _c._tcp @5', 'stop @8']);
    }),
  );
});
