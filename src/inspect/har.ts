/*
 * HAR 1.2, as far as it is written here (http://www.softwareishard.com/blog/har-12-spec/). Times in milliseconds; what is not
 * known is −1. Names that begin with _ are ours, or Chrome's; readers pass over those they do not know.
 */

/** What a HAR file holds. */
export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: HarAbout;
    readonly entries: readonly HarEntry[];
  };
}

/** Who has made something. */
export interface HarAbout {
  readonly name: string;
  readonly version: string;
}

/** A name and its value. */
export interface HarField {
  readonly name: string;
  readonly value: string;
}

/** One call, or one socket. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** The sum of the timings that are known, but for `ssl`, which is a part of `connect`. */
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarField[];
    readonly headers: readonly HarField[];
    readonly queryString: readonly HarField[];
    readonly headersSize: number;
    readonly bodySize: number;
    readonly postData?: { readonly mimeType: string; readonly text: string } | undefined;
  };
  readonly response: {
    /** 0 where there is none. */
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly HarField[];
    readonly headers: readonly HarField[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string | undefined };
    readonly redirectURL: string;
    readonly headersSize: number;
    readonly bodySize: number;
    /** Why there is none: the code of the error, and the clause that was broken. */
    readonly _error?: string | undefined;
  };
  readonly cache: Record<string, never>;
  readonly timings: {
    /** In line, held, or in the app's interceptors. */
    readonly blocked: number;
    readonly dns: number;
    readonly connect: number;
    readonly ssl: number;
    readonly send: number;
    readonly wait: number;
    readonly receive: number;
  };
  /** Which of Chrome's kinds it is. */
  readonly _resourceType?: 'fetch' | 'websocket' | undefined;
  /** In line for one of the places, milliseconds. */
  readonly _waiting?: number | undefined;
  /** Held by the background or a pause, milliseconds. */
  readonly _held?: number | undefined;
  /** In the app's interceptors, milliseconds. */
  readonly _intercepting?: number | undefined;
  /** How often it was sent. */
  readonly _attempts?: number | undefined;
  /** A query had the answer, and nothing was sent. */
  readonly _fromMemory?: true | undefined;
  /** The number of the call for whose answer it waited, as `_record` of that has it in `id`. */
  readonly _sharedWith?: number | 'unknown' | undefined;
  /** Why it took so long. */
  readonly _explanation?: string | undefined;
  /** All that is known, from which `fromHar` makes the very record again. */
  readonly _record?: unknown;
}
