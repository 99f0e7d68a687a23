/** The figures of the outbox. */
export interface OutboxSummary {
  /** What the user did, and was told that it is kept. */
  readonly put: number;
  /** How often something of it reached the server. */
  readonly sent: number;
  /** Told of, and not done. */
  readonly lost: number;
  /** Done twice. */
  readonly doubled: number;
}

/** How the fourth act came out. */
export interface ErrandsFinished {
  readonly outbox: OutboxSummary;
  readonly logins: number;
  readonly retries: number;
  /** Whether the server did it all in the order in which the user did. */
  readonly inOrder: boolean;
  readonly seconds: number;
}

/** Compares what the user was told with what the server did. */
export function outboxSummary(told: readonly string[], done: readonly string[], sent: number): OutboxSummary {
  const different = new Set(done);
  return {
    put: told.length,
    sent,
    lost: told.filter((what) => !different.has(what)).length,
    doubled: done.length - different.size,
  };
}

/** The figures, for people. */
export function errandsSummaryLines({ outbox, logins, retries, inOrder, seconds }: ErrandsFinished): string[] {
  const { put, sent, lost, doubled } = outbox;
  return [
    `errands in ${seconds} s, in a tunnel, by an app that was killed twice`,
    `  outbox          ${put} put, ${sent} sent; ${lost} lost, ${doubled} doubled${inOrder ? ', in order' : ''}`,
    `  logins          ${logins}, for all that were refused at once`,
    `  retries         ${retries}`,
  ];
}
