/** What the room says: a message, as it stands in its history. */
export interface Heard {
  /** From 1, without a gap. */
  readonly id: number;
  readonly from: string;
  readonly text: string;
  /** By which the one who said it knows it again. */
  readonly key?: string | undefined;
}

/** What the app says to the room. */
export type Said =
  | { readonly type: 'login'; readonly after: number }
  | { readonly type: 'say'; readonly key: string; readonly text: string };
