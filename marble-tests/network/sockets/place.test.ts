import { NEVER } from 'rxjs';
import { socketQueue } from '../../../src/sockets.js';
import { marbles } from '../../../src/testing/index.js';
import { marks, phoneOn, raw, socketApp, states$ } from './socket-app.js';

const noPlace = { errMsg: 'createSocketTask:fail wcwss taskID=9 exceed max concurrent count' };

describe('the five places for sockets', () => {
  it(
    '[LIM-3] lets the sixth wait until the platform has told of a close',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { closesAfterMs: 4 },
      });
      for (let index = 0; index < 5; index++) {
        const listener = socket$(raw).messages$.subscribe();
        if (index === 2) cold('---x').subscribe(() => listener.unsubscribe());
      }
      const sixth = socket$(raw);
      const running: number[] = [];
      socketQueue(network).state$.subscribe((state) => running.push(state.running));

      expectObservable(sixth.messages$, '^---------!').toBe('');
      expectObservable(states$(sixth)).toBe('w------go-c');
      flush();

      expect(wx.log.slice(5, 8)).toEqual(['close 2 1000 @3', 'connect 5 @7', 'close 5 1000 @10']);
      expect(Math.max(...running)).toBe(5);
    }),
  );

  it(
    '[LIM-3] gives the place of a socket away whose close event does not come within the deadline',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { closesAfterMs: 'never' },
      });

      expectObservable(socket$({ ...raw, closeDeadlineMs: 20 }).messages$, '^--!').toBe('');
      const counts: number[] = [];
      cold('- 21ms x-x').subscribe(() => counts.push(socketQueue(network).snapshot().running));
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'close 0 1000 @3']);
      expect(counts).toEqual([1, 0]);
    }),
  );

  it(
    '[LIM-3] tries again in a while when the platform has no place, because somebody else holds them',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', (index) =>
        index === 0 ? cold('#', undefined, noPlace) : cold('-oa', marks),
      );

      expectObservable(socket$<string>(raw).messages$, '^-------!').toBe('------a');
      flush();

      expect(wx.log).toEqual(['connect 0 @0', 'connect 1 @4', 'close 1 1000 @8']);
      expect(socketQueue(network).snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it(
    'never connects one that leaves while it waits',
    marbles((helpers) => {
      const { expectObservable, flush } = helpers;
      const { socket$, wx, network } = socketApp(helpers, '', () => NEVER);
      for (let index = 0; index < 5; index++) expectObservable(socket$(raw).messages$, '^--------!').toBe('');

      expectObservable(socket$(raw).messages$, '-^--!').toBe('');
      flush();

      expect(wx.socketOptions).toHaveLength(5);
      expect(socketQueue(network).snapshot()).toEqual({ size: 0, running: 0, paused: false });
    }),
  );

  it(
    '[BG-1] keeps the places of sockets that were lost in the background for a second only',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '--h 5s s', () => cold('-o', marks), {
        platform: { closesAfterMs: 'never' },
      });
      const listeners = [0, 1, 2, 3, 4].map(() => socket$(raw).messages$.subscribe());
      cold('7s x').subscribe(() => listeners.forEach((listener) => listener.unsubscribe()));
      flush();

      const connects = wx.log.filter((line) => line.startsWith('connect')).slice(5);
      expect(connects).toEqual([5, 6, 7, 8, 9].map((index) => `connect ${index} @6003`));
    }),
  );

  it(
    '[K9.2] keeps the places of sockets that another network has ended for the whole deadline: the platform need not be quick',
    marbles((helpers) => {
      const { cold, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { closesAfterMs: 'never' },
        phone: phoneOn(helpers, '--m'),
      });
      const listeners = [0, 1, 2, 3, 4].map(() => socket$(raw).messages$.subscribe());
      cold('7s x').subscribe(() => listeners.forEach((listener) => listener.unsubscribe()));
      flush();

      const connects = wx.log.filter((line) => line.startsWith('connect')).slice(5);
      expect(connects).toEqual([5, 6, 7, 8, 9].map((index) => `connect ${index} @5002`));
    }),
  );

  it(
    '[K9.1] does not connect without a network, which was lost while it waited',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { socket$, wx } = socketApp(helpers, '', () => cold('-o', marks), {
        platform: { closesAfterMs: 4 },
        phone: phoneOn(helpers, '---n----------m'),
      });
      for (let index = 0; index < 5; index++) expectObservable(socket$(raw).messages$, '^--!').toBe('');
      const sixth = socket$(raw);

      expectObservable(sixth.messages$, '^ 199ms !').toBe('');
      expectObservable(states$(sixth)).toBe('w------d------d 99ms go 84ms c');
      flush();

      expect(wx.log.filter((line) => line.startsWith('connect')).slice(5)).toEqual(['connect 5 @114']);
    }),
  );
});
