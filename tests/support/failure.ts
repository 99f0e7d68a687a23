/** A failure as `fail` of the simulator's network APIs gets it, whole. */
export function failure(errMsg: string, errno?: number): object {
  return {
    errMsg,
    ...(errno !== undefined && { errno }),
    exception: { retryCount: 0, reasons: [] },
  };
}
