import { problemOfOptions, type OptionKind, type OptionKinds } from '../../platform/check-options.js';
import type { ParseJson } from '../../platform/decode.js';
import { exactBytes, type Bytes } from '../../platform/exact-bytes.js';
import { kindOf } from '../../platform/field-text.js';
import { isContentType } from '../../platform/multipart.js';
import type { CallOptions } from './http-request.js';

/** One call of `upload$`: a file of the device, or several files in one form. */
export interface UploadRequest extends CallOptions {
  /** The file on the device, such as the `tempFilePath` of `wx.chooseMedia`. Goes with `name`. */
  readonly filePath?: string | undefined;
  /** Of the form field that holds the file. */
  readonly name?: string | undefined;
  /**
   * What the server is told the file is called, which `wx.uploadFile` cannot say: with it the file goes out as `files` do,
   * through `wx.request`, under its list of domains, and is in memory while it is sent.
   *
   * @defaultValue the platform's choice
   */
  readonly fileName?: string | undefined;
  /**
   * Files for one form, in place of `filePath` and `name`. They go out through `wx.request`, under its list of domains,
   * in a body built here: all of them are in memory while they are sent, and progress comes in one step.
   */
  readonly files?: readonly UploadFile[] | undefined;
  /** The other fields of the form, sent as text: `true` is `'true'` on every phone. What is `undefined` or `null` is left out. */
  readonly formData?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  /** What the answer is wanted as; the platform gives a text. @defaultValue `'json'` */
  readonly as?: 'json' | 'text' | undefined;
  /** Makes a value of the text of a JSON answer. @defaultValue the network's, else `JSON.parse` */
  readonly parseJson?: ParseJson | undefined;
}

/** One of several files: bytes with a `fileName`, or a file of the device. */
export interface UploadFile {
  /** Of the form field; several files may have the same. */
  readonly name: string;
  /** Of a view, such as a `Uint8Array`, the bytes that it shows are sent. */
  readonly bytes?: Bytes | undefined;
  readonly filePath?: string | undefined;
  /** What the server is told the file is called. @defaultValue the last part of `filePath` */
  readonly fileName?: string | undefined;
  /** @defaultValue `'application/octet-stream'` */
  readonly contentType?: string | undefined;
}

const FILE_OPTIONS: OptionKinds = {
  name: 'string',
  bytes: 'object',
  filePath: 'string',
  fileName: 'string',
  contentType: 'string',
} satisfies Record<keyof UploadFile, OptionKind>;

/** Says what is wrong with an upload, beyond the kinds of its options. */
export function problemOfUpload(request: UploadRequest): string | undefined {
  const { filePath, name, fileName, files } = request;
  if (files !== undefined) {
    if (filePath !== undefined) return 'give filePath, for one file, or files, for several in one form; got both';
    if ((name ?? fileName) !== undefined) return 'name belongs to each of the files, as fileName does';
    if (files.length === 0) return 'files is empty';
    const index = files.findIndex((file) => problemOfFile(file) !== undefined);
    return index === -1 ? undefined : `files[${index}]: ${problemOfFile(files[index])}`;
  }
  if (!filePath) return 'filePath is missing: the file to send, such as the tempFilePath of wx.chooseMedia';
  return name ? undefined : 'name is missing: the form field by which the server finds the file';
}

function problemOfFile(file: unknown): string | undefined {
  if (typeof file !== 'object' || file === null) return `expected { name, filePath } or { name, fileName, bytes }`;
  const { name, bytes, filePath, fileName, contentType = '' } = file as Partial<UploadFile>;
  const problem = problemOfOptions(file, FILE_OPTIONS);
  if (problem !== undefined) return problem;
  if (!name) return 'name is missing: the form field by which the server finds the file';
  if (bytes === undefined ? !filePath : filePath !== undefined) return 'give one of filePath and bytes';
  if (bytes !== undefined && !exactBytes(bytes))
    return `bytes must be an ArrayBuffer or a typed array; got ${kindOf(bytes)}`;
  if (bytes !== undefined && !fileName) return 'fileName is missing: what the server is told the file is called';
  return isContentType(contentType) ? undefined : "contentType must be such as 'image/png'";
}
