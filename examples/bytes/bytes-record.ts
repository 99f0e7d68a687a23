/** A file on its way. */
export interface Transfer {
  readonly file: string;
  percent: number;
  bytes: number;
  totalBytes: number;
}

/** What has happened so far. */
export interface BytesRecord {
  readonly upload: Transfer;
  readonly download: Transfer;
  readonly answer: {
    text: string;
    events: number;
    /** After how many events the connection broke. */
    readonly breaks: number[];
  };
}

/** Bytes for people: `1.2 MB`. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
