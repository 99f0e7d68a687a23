import { megabytes } from './bytes-record.js';

/** The figures of the bytes. */
export interface BytesSummary {
  /** Bytes of the file that the server got, not what we counted. */
  readonly uploaded: number;
  /** Bytes of the file that is on the device. */
  readonly downloaded: number;
  /** Server-sent events. */
  readonly events: number;
  /** Whether both files and the answer are what was sent, byte by byte and letter by letter. */
  readonly whole: boolean;
  /** The `Last-Event-ID` of each time that the answer was resumed. */
  readonly resumedFrom: readonly string[];
  readonly seconds: number;
}

/** The figures, for people. */
export function bytesSummaryLines({
  uploaded,
  downloaded,
  events,
  whole,
  resumedFrom,
  seconds,
}: BytesSummary): string[] {
  return [
    `bytes in and out in ${seconds} s`,
    `  uploaded        ${megabytes(uploaded)} MB in one form`,
    `  downloaded      ${megabytes(downloaded)} MB to a file`,
    `  answer          ${events} events, resumed after event ${resumedFrom.join(', ')}`,
    `  at the end      ${whole ? 'everything is what was sent' : 'NOT what was sent'}`,
  ];
}
