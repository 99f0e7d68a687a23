import { timer } from 'rxjs';
import { at, call$, createLog, INTERRUPTED, phone, SUSPENDED } from '../phone.js';
import { marbles } from '../../../src/testing/index.js';

const SLOW = { '/slow': { body: 'late', afterMs: 30_000 }, '/quick': { body: 'ok', afterMs: 2 } };

describe('background', () => {
  it(
    '[BG-1] cuts a call that runs five seconds after the hide',
    marbles(({ expectObservable }) => {
      const simulator = phone(SLOW);
      at(10, simulator.enterBackground);

      expectObservable(call$(simulator, '/slow')).toBe('5010ms #', undefined, INTERRUPTED);
    }),
  );

  it(
    '[BG-1] lets a call end within the five seconds',
    marbles(({ expectObservable }) => {
      const simulator = phone({ '/slow': { body: 'ok', afterMs: 5_009 } });
      at(10, simulator.enterBackground);

      expectObservable(call$(simulator, '/slow')).toBe('5009ms (a|)', { a: '200 ok' });
    }),
  );

  it(
    '[BG-1] cuts nothing when the app is back in time',
    marbles(({ expectObservable }) => {
      const simulator = phone(SLOW);
      at(10, simulator.enterBackground);
      at(5_009, simulator.enterForeground);

      expectObservable(call$(simulator, '/slow')).toBe('30s (a|)', { a: '200 late' });
    }),
  );

  it(
    '[BG-1] cuts queued calls too, and none of them reaches the wire',
    marbles(({ flush }) => {
      const sent: string[] = [];
      const simulator = phone({ '/slow': (request) => (sent.push(request.url), { afterMs: 30_000 }) });
      const { lines, note } = createLog();
      for (let id = 1; id <= 12; id++)
        call$(simulator, '/slow').subscribe({ error: (error) => note(`${id} ${error.errMsg} ${error.errno}`) });
      at(1, simulator.enterBackground);
      flush();

      expect(lines).toEqual(
        Array.from({ length: 12 }, (_, index) => `5001 ${index + 1} request:fail interrupted 600003`),
      );
      expect(sent).toHaveLength(10);
    }),
  );

  it.each([
    ['freed after the callback', true],
    ['freed before the callback', false],
  ])('[BG-1] starts nothing from the queue while it cuts (place %s)', (_when, slotFreedAfterCallback) => {
    marbles(({ flush }) => {
      const simulator = phone(SLOW, { slotFreedAfterCallback });
      const started: number[] = [];
      simulator.events$.subscribe((event) => event.type === 'started' && started.push(event.id));
      for (let id = 1; id <= 15; id++) call$(simulator, '/slow').subscribe({ error: () => {} });
      at(1, simulator.enterBackground);
      flush();

      expect(started).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    })();
  });

  it(
    '[BG-2] refuses a call from the hide on',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const { lines, note } = createLog();
      const call = () =>
        call$(simulator, '/quick').subscribe({ next: note, error: (error) => note(`${error.errMsg} ${error.errno}`) });
      at(10, simulator.enterBackground);
      at(10, call);
      at(4_000, call);
      at(4_500, simulator.enterForeground);
      at(4_500, call);
      flush();

      expect(lines).toEqual([
        '10 request:fail interrupted 600003',
        '4000 request:fail interrupted 600003',
        '4502 200 ok',
      ]);
    }),
  );

  it(
    '[BG-2] says so in an event, with the rule',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const refused: unknown[] = [];
      simulator.events$.subscribe((event) => event.type === 'refused' && refused.push(event));
      simulator.enterBackground();
      call$(simulator, '/quick').subscribe({ error: () => {} });
      flush();

      expect(refused).toEqual([
        {
          type: 'refused',
          id: 1,
          rule: 'BG-2',
          detail: 'the app is in the background; call again when it is back in front',
          at: 0,
        },
      ]);
    }),
  );

  it(
    "[BG-2] takes calls until suspended with backgroundCalls: 'allow-until-suspended', then refuses in the client's words",
    marbles(({ flush }) => {
      const simulator = phone(SLOW, { backgroundCalls: 'allow-until-suspended', freeze: false });
      const { lines, note } = createLog();
      const call = () =>
        call$(simulator, '/quick').subscribe({ next: note, error: (error) => note(JSON.stringify(error)) });
      at(0, simulator.enterBackground);
      at(4_000, call);
      at(5_001, call);
      flush();

      expect(lines).toEqual(['4002 200 ok', `5001 ${JSON.stringify(SUSPENDED)}`]);
    }),
  );

  it(
    '[BG-1] tells the app of a cut call just before its thread stops',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const { lines, note } = createLog();
      call$(simulator, '/slow').subscribe({ error: () => note('cut') });
      timer(5_000, simulator.scheduler).subscribe(() => note("the app's own timer"));
      timer(5_001, simulator.scheduler).subscribe(() => note('a timer a millisecond later'));
      at(0, simulator.enterBackground);
      at(9_000, simulator.enterForeground);
      flush();

      expect(lines).toEqual(["5000 the app's own timer", '5000 cut', '9000 a timer a millisecond later']);
    }),
  );

  it(
    "[BG-1] tells the app of it on return with interruptedCallback: 'on-return'",
    marbles(({ flush }) => {
      const simulator = phone(SLOW, { interruptedCallback: 'on-return' });
      const { lines, note } = createLog();
      simulator.wx.onAppShow(() => note('shown'));
      call$(simulator, '/slow').subscribe({ error: ({ errMsg }) => note(errMsg) });
      at(0, simulator.enterBackground);
      at(9_000, simulator.enterForeground);
      flush();

      expect(lines).toEqual(['9000 shown', '9000 request:fail interrupted']);
    }),
  );

  it(
    'runs what fell due while suspended right after onAppShow, in order',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const { lines, note } = createLog();
      simulator.wx.onAppHide(() => note('hidden'));
      simulator.wx.onAppShow(() => {
        note('shown');
        simulator.scheduler.schedule(() => note('scheduled by onAppShow'));
      });
      simulator.wx.onNetworkStatusChange(({ networkType }) => note(networkType));
      timer(8_000, simulator.scheduler).subscribe(() => note('timer of 8 s'));
      timer(6_000, simulator.scheduler).subscribe(() => note('timer of 6 s'));
      timer(10_000, simulator.scheduler).subscribe(() => note('timer of 10 s'));
      at(0, simulator.enterBackground);
      at(7_000, () => simulator.setNetwork('4g'));
      at(9_000, simulator.enterForeground);
      flush();

      expect(lines).toEqual([
        '0 hidden',
        '9000 shown',
        '9000 timer of 6 s',
        '9000 4g',
        '9000 timer of 8 s',
        '9000 scheduled by onAppShow',
        '10000 timer of 10 s',
      ]);
    }),
  );

  it(
    'stops no thread with freeze: false',
    marbles(({ flush }) => {
      const simulator = phone(SLOW, { freeze: false });
      const { lines, note } = createLog();
      timer(6_000, simulator.scheduler).subscribe(() => note('timer'));
      at(0, simulator.enterBackground);
      at(9_000, simulator.enterForeground);
      flush();

      expect(lines).toEqual(['6000 timer']);
    }),
  );

  it(
    'counts from the hide each time',
    marbles(({ expectObservable }) => {
      const simulator = phone(SLOW);
      at(10, simulator.enterBackground);
      at(4_000, simulator.enterForeground);
      at(4_500, simulator.enterBackground);
      at(6_000, simulator.enterBackground);

      expectObservable(call$(simulator, '/slow')).toBe('9500ms #', undefined, INTERRUPTED);
    }),
  );

  it(
    'reports hide, suspension and return',
    marbles(({ flush }) => {
      const simulator = phone(SLOW);
      const events: unknown[] = [];
      simulator.events$.subscribe((event) => events.push(event));
      at(10, simulator.enterBackground);
      at(7_010, simulator.enterForeground);
      at(7_010, simulator.enterForeground);
      flush();

      expect(events).toEqual([
        { type: 'hidden', at: 10 },
        { type: 'suspended', at: 5_010 },
        { type: 'shown', awayMs: 7_000, at: 7_010 },
      ]);
    }),
  );
});
