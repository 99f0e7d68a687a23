import { asyncScheduler, Observable } from 'rxjs';
import type { RequestOption } from '../../src/simulator/apis/request-types.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { scriptWire, type Script } from '../../src/simulator/wires/script.js';

/** The one domain that the phones in these tests may talk to. */
export const API = 'https://api.example.com';

/**
 * A simulator on the script wire: routes are paths of `API`. Not the phone of the kit: that plays the wire itself, which
 * is what these tests script, and a fault below the kit must not hide in it.
 */
export function phone(routes: Script, options: SimulatorOptions = {}): Simulator {
  const script = Object.fromEntries(Object.entries(routes).map(([path, answer]) => [`GET ${API}${path}`, answer]));
  return createSimulator({ domains: { request: [API] }, wire: scriptWire(script), ...options });
}

/**
 * One call as an observable: emits `'200 body'` and completes, or errors with what `fail` was told. Unsubscribing
 * aborts, unless the call has ended.
 */
export function call$({ wx }: Simulator, path: string, option: Partial<RequestOption> = {}): Observable<string> {
  return new Observable((subscriber) => {
    const task = wx.request({
      url: `${API}${path}`,
      ...option,
      success: ({ statusCode, data }) => {
        subscriber.next(`${statusCode} ${typeof data === 'string' ? data : JSON.stringify(data)}`);
        subscriber.complete();
      },
      fail: (failure) => subscriber.error(failure),
    });
    return () => task.abort();
  });
}

/** Runs something at a time of the platform's clock, which no suspension stops. Milliseconds. */
export function at(ms: number, action: () => void): void {
  asyncScheduler.schedule(action, ms);
}

/** Writes down what happens and when: `'5000 fail'`. */
export function createLog(): { readonly lines: string[]; readonly note: (what: string) => void } {
  const lines: string[] = [];
  return { lines, note: (what) => lines.push(`${asyncScheduler.now()} ${what}`) };
}

/** A failure as `fail` of the network APIs gets it, whole. */
export function failure(errMsg: string, errno?: number): object {
  return {
    errMsg,
    ...(errno !== undefined && { errno }),
    exception: { retryCount: 0, reasons: [] },
  };
}

export const INTERRUPTED = failure('request:fail interrupted', 600003);
export const TIMEOUT = failure('request:fail timeout', 5);
export const SUSPENDED = failure(
  'request:fail createRequestTask:fail: jsapi has no permission, event=createRequestTask, runningState=suspend, ' +
    'permissionMsg=permission ok, detail=network api interrupted in suspend state',
  600003,
);
