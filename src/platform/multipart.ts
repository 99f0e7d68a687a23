import { concatBytes } from './concat-bytes.js';
import { utf8Bytes } from './utf8-bytes.js';

/** A file in a form. */
export interface FormFile {
  /** Of the form field; several files may have the same. */
  readonly name: string;
  readonly bytes: ArrayBuffer;
  /** What the server is told the file is called. */
  readonly fileName: string;
  /** @defaultValue `'application/octet-stream'`, also for `''`, which a browser's file has whose kind is not known */
  readonly contentType?: string | undefined;
}

/** A form as it is sent. */
export interface MultipartBody {
  /** With the boundary: the `content-type` that must go with the body. */
  readonly contentType: string;
  readonly body: ArrayBuffer;
}

const BOUNDARY = '----rx-miniprogram-';
const DIGITS = 10;
const DASH = 45;
const NEWLINE = '\r\n';

/**
 * Builds the body of a form with any number of files, as a browser does (multipart/form-data): fields first, names and
 * file names escaped, line breaks made CRLF, and a boundary that occurs nowhere in it.
 *
 * @throws TypeError for a `contentType` that would break out of its line.
 */
export function multipart(
  fields: Readonly<Record<string, string | number | boolean>>,
  files: readonly FormFile[],
): MultipartBody {
  const parts: Uint8Array[] = [];
  for (const name of Object.keys(fields)) {
    const head = `Content-Disposition: form-data; name="${escaped(withCrlf(name))}"`;
    parts.push(utf8Bytes(`${head}${NEWLINE}${NEWLINE}${withCrlf(String(fields[name]))}`), NOTHING);
  }
  for (const { name, bytes, fileName, contentType } of files) {
    if (contentType !== undefined && !isContentType(contentType)) {
      throw new TypeError(`multipart: a contentType must be such as 'image/png'; got ${JSON.stringify(contentType)}`);
    }
    const head = `Content-Disposition: form-data; name="${escaped(withCrlf(name))}"; filename="${escaped(fileName)}"`;
    parts.push(
      utf8Bytes(`${head}${NEWLINE}Content-Type: ${contentType || 'application/octet-stream'}${NEWLINE}${NEWLINE}`),
      new Uint8Array(bytes),
    );
  }
  const boundary = boundaryFor(parts);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: joined(parts, boundary) };
}

/** Whether a text may stand behind `Content-Type:`, and stays in its line. */
export function isContentType(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

const NOTHING = new Uint8Array(0);

/** A lone CR or LF becomes CRLF, as in a form's encoding; CRLF stays. */
function withCrlf(text: string): string {
  return text.replace(/\r\n?|\n/g, NEWLINE);
}

/** As browsers write names between quotes; nothing else is escaped. */
function escaped(name: string): string {
  return name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}

/** The lowest number of ten digits behind our prefix that no part has there: one pass, whatever the parts hold. */
function boundaryFor(parts: readonly Uint8Array[]): string {
  const taken = new Set<string>();
  for (const bytes of parts) {
    // The native search skips to the next dash, which in a picture stands at every 256th byte.
    for (let at = bytes.indexOf(DASH); at !== -1; at = bytes.indexOf(DASH, at + 1)) {
      if (startsWith(bytes, BOUNDARY, at)) taken.add(asciiOf(bytes, at + BOUNDARY.length, DIGITS));
    }
  }
  for (let number = 0; ; number++) {
    const digits = String(number).padStart(DIGITS, '0');
    if (!taken.has(digits)) return BOUNDARY + digits;
  }
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function asciiOf(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

/** Heads and contents take turns in `parts`. */
function joined(parts: readonly Uint8Array[], boundary: string): ArrayBuffer {
  const delimiter = utf8Bytes(`--${boundary}${NEWLINE}`);
  const newline = utf8Bytes(NEWLINE);
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    pieces.push(delimiter, parts[index] as Uint8Array, parts[index + 1] as Uint8Array, newline);
  }
  pieces.push(utf8Bytes(`--${boundary}--${NEWLINE}`));
  return concatBytes(pieces);
}
