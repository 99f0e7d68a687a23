import type { CallDetails } from '../platform/network-error.js';
import type { WxFailure } from '../platform/wx.js';
import type { SocketData, WxSocketClosed, WxSocketOpened, WxSocketTask } from '../platform/wx-sockets.js';
import { callWx, hearPromise } from './call-wx.js';

/** Whether the platform has made one. */
export function isTask(made: Partial<WxSocketTask> | undefined): made is WxSocketTask {
  return typeof made?.onOpen === 'function';
}

/** Listens to it: in the same turn as the call that made it, or the platform may have told already. */
export function listenTo(
  task: WxSocketTask,
  call: CallDetails,
  listeners: {
    readonly onOpen: (result?: WxSocketOpened) => void;
    readonly onMessage: (result: { readonly data: SocketData }) => void;
    readonly onError: (failure: WxFailure) => void;
    readonly onClose: (result?: WxSocketClosed) => void;
  },
): void {
  const methods = task as unknown as { readonly [event: string]: (listener: unknown) => void };
  for (const [event, listener] of Object.entries(listeners)) callWx(event, call, () => methods[event]?.(listener));
}

/** Asks for its end; leaving never fails. @param letGo - Called where the platform has let go of it already. */
export function closeTask(
  task: WxSocketTask | undefined,
  why: { readonly code: number; readonly reason: string },
  letGo: () => void,
): void {
  try {
    // A task that the platform does not know any more has ended without a word.
    const fail = (failure?: Partial<WxFailure>) => {
      if (/not exist/i.test(failure?.errMsg ?? '')) letGo();
    };
    hearPromise(task?.close({ ...why, fail }), undefined, fail);
  } catch {
    // A task that cannot be closed is over for us all the same: leaving must not fail.
  }
}
