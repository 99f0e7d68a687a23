/** How far a transfer has come. */
export interface Progress {
  /** From 0 to 100: never less than before, and 100 exactly once, when all has come over. */
  readonly percent: number;
  /** Never less than before. */
  readonly bytes: number;
  /** `undefined` where nobody knows: the server of a download gave no length, or that of a compressed body. */
  readonly totalBytes: number | undefined;
}

/** What becomes of the platform's reports on one transfer. */
export interface SteadyProgress {
  /** The news in a report, or `undefined` where there is none. */
  report(percent: number, bytes: number, totalBytes: number): Progress | undefined;
  /** The last step, or `undefined` where it has been reported. */
  finish(): Progress | undefined;
}

/**
 * Makes progress out of what phones report: they repeat themselves, round 99.6 to 100, begin anew after a redirect, know
 * no total, or a wrong one, where the body is compressed or chunked, and may leave out the end.
 */
export function steadyProgress(): SteadyProgress {
  let last: Progress = { percent: -1, bytes: 0, totalBytes: undefined };
  let isPassed = false;

  return {
    report(percent, bytes, total) {
      // What is not known is -1 too, read as 64 bits without a sign.
      const toldBytes = total > 0 && total < 2 ** 53 ? total : last.totalBytes;
      // A comparison with NaN is false.
      const moved = bytes > last.bytes && bytes < Infinity ? bytes : last.bytes;
      // Of a compressed body the total is what comes over the wire, and the bytes are what has been unpacked: no total at all.
      isPassed = isPassed || moved > (toldBytes ?? Infinity);
      const totalBytes = isPassed ? undefined : toldBytes;
      const counted = percent >= 0 ? percent : Math.floor((moved / (totalBytes ?? Infinity)) * 100);
      const told = isPassed ? Math.max(0, last.percent) : counted;
      const complete = totalBytes !== undefined && moved >= totalBytes;
      const steady = Math.max(last.percent, Math.min(told, complete ? 100 : 99));
      if (last.percent === 100 || (steady === last.percent && moved === last.bytes)) return undefined;
      return (last = { percent: steady, bytes: moved, totalBytes });
    },
    finish() {
      if (last.percent === 100) return undefined;
      const { bytes, totalBytes } = last;
      return (last = { percent: 100, bytes: Math.max(bytes, totalBytes ?? 0), totalBytes });
    },
  };
}
