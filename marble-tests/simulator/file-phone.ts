import { Observable } from 'rxjs';
import type { CallApi } from '../../src/simulator/events.js';
import { createSimulator, type Simulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorOptions } from '../../src/simulator/options.js';
import { scriptWire, type ScriptedAnswer } from '../../src/simulator/wires/script.js';
import { API } from './phone.js';

/** The app's own file that every one of these phones has: five bytes. */
export const NOTE = 'wxfile://usr/note.txt';

/** Makes phones with files, whose folders are gone after each test. What they answer is the same for every method. */
export function useFilePhones(): (
  routes: Readonly<Record<string, ScriptedAnswer>>,
  options?: SimulatorOptions,
) => Simulator {
  const made: Simulator[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((simulator) => simulator.close()));
  });

  return (routes, options = {}) => {
    const script = Object.fromEntries(
      Object.entries(routes).flatMap(([path, answer]) =>
        ['GET', 'POST'].map((method) => [`${method} ${API}${path}`, answer] as const),
      ),
    );
    const simulator = createSimulator({
      domains: { request: [API], uploadFile: [API], downloadFile: [API] },
      wire: scriptWire(script),
      ...options,
    });
    made.push(simulator);
    simulator.wx.getFileSystemManager().writeFileSync(`${simulator.wx.env.USER_DATA_PATH}/note.txt`, 'hello');
    return simulator;
  };
}

/** What a call is given beyond its URL. */
export interface AnyOption {
  readonly timeout?: number;
  readonly header?: Record<string, unknown>;
  readonly filePath?: string;
}

/**
 * One call of any of the three APIs as an observable: emits the status and completes, or errors with what `fail` was
 * told. A path means `API`. Unsubscribing aborts, unless the call has ended.
 */
export function anyCall$({ wx }: Simulator, api: CallApi, url: string, option: AnyOption = {}): Observable<number> {
  return new Observable((subscriber) => {
    const call = {
      url: url.startsWith('/') ? `${API}${url}` : url,
      ...option,
      success: ({ statusCode }: { readonly statusCode: number }) => {
        subscriber.next(statusCode);
        subscriber.complete();
      },
      fail: (failure: unknown) => subscriber.error(failure),
    };
    const task =
      api === 'uploadFile'
        ? wx.uploadFile({ filePath: NOTE, name: 'note', ...call })
        : api === 'downloadFile'
          ? wx.downloadFile(call)
          : wx.request(call);
    return () => task.abort();
  });
}
