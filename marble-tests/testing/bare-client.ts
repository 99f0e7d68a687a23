import { Observable } from 'rxjs';
import type { SimulatedWx } from '../../src/simulator/index.js';

/** What it asks for, unless it is told otherwise. */
export const users = 'https://api.example.com/users';

/** A bare client: one call of `wx.request`, aborted on unsubscribe. */
export const get$ = (wx: SimulatedWx, url = users, header: Record<string, string> = {}) =>
  new Observable<unknown>((subscriber) => {
    const task = wx.request({
      url,
      header,
      success: ({ data }) => {
        subscriber.next(data);
        subscriber.complete();
      },
      fail: (reason) => subscriber.error(reason),
    });
    return () => task.abort();
  });
