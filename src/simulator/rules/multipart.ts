import { randomBytes } from 'node:crypto';
import { CallFailure } from './failure.js';

/** The file of a form. */
export interface FormFile {
  /** Of the field. */
  readonly name: string;
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A body, and what to call it. */
export interface FormBody {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/**
 * Makes a form of `multipart/form-data`: the fields in their order, read now; and a body of it when the file is there,
 * which comes last (RFC 7578). Names are escaped as browsers do.
 *
 * - Evidence: text stays, numbers become text, anything else reads `[object X]`, a boolean too (discoveries/request.md#the-javascript-layer)
 *
 * @throws CallFailure, errno 600010, when a getter of the app's throws.
 */
export function createForm(fields: object): (file: FormFile) => FormBody {
  const fieldParts = partsOf(fields);

  return (file) => {
    const { buffer, byteOffset, byteLength } = file.bytes;
    const filePart = part(
      `name="${escaped(file.name)}"; filename="${escaped(file.fileName)}"\r\nContent-Type: ${file.type}`,
      Buffer.from(buffer, byteOffset, byteLength),
    );
    // So long that no file holds it by chance.
    const boundary = `----MiniProgramFormBoundary${randomBytes(18).toString('hex')}`;
    const delimiter = Buffer.from(`--${boundary}\r\n`);
    return {
      contentType: `multipart/form-data; boundary=${boundary}`,
      body: Buffer.concat([
        ...[...fieldParts, filePart].flatMap((one) => [delimiter, ...one]),
        Buffer.from(`--${boundary}--\r\n`),
      ]),
    };
  };
}

function partsOf(fields: object): (readonly Buffer[])[] {
  try {
    return Object.entries(fields).map(([name, value]) =>
      part(`name="${escaped(name)}"`, Buffer.from(fieldText(value), 'utf8')),
    );
  } catch {
    throw new CallFailure({ kind: 'data', detail: 'invalid request data' });
  }
}

function part(disposition: string, content: Buffer): readonly Buffer[] {
  return [Buffer.from(`Content-Disposition: form-data; ${disposition}\r\n\r\n`, 'utf8'), content, Buffer.from('\r\n')];
}

function escaped(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}

function fieldText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : Object.prototype.toString.call(value);
}
