import type { Diagnosis, RequestProfile } from './request-profile.js';

/** How long an answer took. */
export interface ResponseTiming {
  /** From the call of `wx` to its answer, in milliseconds. */
  readonly durationMs: number;
  /** The platform's own figures, where it gives them; what is only a default there is `undefined`. */
  readonly profile: RequestProfile | undefined;
}

/** An answer, whatever its status (CB-1). */
export interface HttpResponse<T> extends Diagnosis {
  readonly status: number;
  /** Whether the status is 200–299. */
  readonly ok: boolean;
  /** The member of `wx` that brought it. @defaultValue `'request'` */
  readonly api?: string | undefined;
  /** What was asked: the method and the URL as it was sent. */
  readonly method: string;
  readonly url: string;
  /** All fields, named as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** One field, whatever the case of its name: the platform hands names over as the server or HTTP/2 wrote them. */
  header(name: string): string | undefined;
  /** One string a cookie. The platform keeps none: what should be sent back is sent by the app. */
  readonly cookies: readonly string[];
  readonly body: T;
  readonly timing: ResponseTiming;
  /** The charset of the body's bytes, once `decodeBody` has found it: as declared, where no decoder has that label. */
  readonly charset: string | undefined;
  /** Who turned bytes into text, once `decodeBody` has run: `'library'`, or `'platform'`, on trial (ENC-1). */
  readonly decodedBy: 'platform' | 'library' | undefined;
}
