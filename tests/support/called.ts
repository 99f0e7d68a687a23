import type { Request } from '../../src/simulator/apis/request.js';
import type { RequestOption, RequestSuccess, RequestTask } from '../../src/simulator/apis/request-types.js';
import type { WxFailure } from '../../src/platform/wx.js';

/** How a call ended, as the app was told: the callbacks in the order in which they came. */
export interface Told {
  readonly success?: RequestSuccess;
  readonly fail?: WxFailure;
  readonly order: readonly string[];
}

/** Calls `wx.request` and resolves with what the app is told, when `complete` has come. */
export function called(
  request: Request,
  option: RequestOption,
  onTask: (task: RequestTask) => void = () => {},
): Promise<Told> {
  return new Promise((resolve) => {
    let told: Told = { order: [] };
    const note = (name: string, more: Partial<Told> = {}) => {
      told = { ...told, ...more, order: [...told.order, name] };
    };
    onTask(
      request({
        ...option,
        success: (success) => note('success', { success }),
        fail: (fail) => note('fail', { fail }),
        complete: () => {
          note('complete');
          resolve(told);
        },
      }),
    );
  });
}
