import { defer, finalize } from 'rxjs';
import { FileFailure } from '../files/file-failure.js';
import { extensionOfType } from '../files/file-type.js';
import { incomingFile, incomingUserFile, newFileName, type IncomingFile } from '../files/incoming-file.js';
import type { Storage } from '../files/storage.js';
import type { Host } from '../host.js';
import { admissionFailure } from '../rules/admission.js';
import { CallFailure } from '../rules/failure.js';
import type { ParameterTypes } from '../rules/parameters.js';
import { fieldOf } from '../rules/redirects.js';
import { requestHeaderOf } from '../rules/request-header.js';
import type { Settings } from '../settings.js';
import type { WireHeaders } from '../wires/wire.js';
import { exchange$, type AnswerTaker } from './request-exchange.js';
import type { DownloadFileOption, DownloadFileSuccess, DownloadProgress, DownloadTask } from './file-task-types.js';
import { createFileTaskListeners, percentOf, type FileTaskListeners } from './file-task.js';
import { inCallWords, startCall } from './start-call.js';

/** `wx.downloadFile`. */
export type DownloadFile = (option: DownloadFileOption) => DownloadTask;

const PARAMETERS: ParameterTypes = { url: 'String', filePath: 'String?' };

/**
 * Makes `wx.downloadFile`: by GET, into a temporary file or the `filePath`. It has a domain list of its own (DOM-1), and
 * every other rule in common with `wx.request`. The body is written as it comes: nothing is decoded and no mark taken off.
 *
 * A download that fails leaves no file, and what was at `filePath` before is there still.
 *
 * - Evidence: discoveries/files.md; errno 603xxx in discoveries/failures.md#numbers; the wording for a missing folder in discoveries/failures.md#words
 * - Not known: what an empty body is (`emptyDownload`)
 */
export function createDownloadFile(host: Host): DownloadFile {
  const { settings, storage } = host;

  return (option) => {
    const given = (option ?? {}) as Partial<DownloadFileOption>;
    const listeners = createFileTaskListeners<DownloadProgress>();

    const call = startCall<DownloadFileSuccess>(host, option, {
      api: 'downloadFile',
      method: 'GET',
      parameters: PARAMETERS,
      prepare: () => {
        const { url = '', filePath, header, enableHttp2, enableProfile } = given;
        const request = {
          method: 'GET',
          url,
          header: requestHeaderOf(header, settings),
          body: undefined,
          http2: enableHttp2 === true,
        };
        const refusal = admissionFailure('downloadFile', url, settings, host.lan());
        if (refusal) return refusal;
        if (filePath !== undefined) openTarget(storage, filePath).discard();

        return (context) =>
          defer(() => {
            const target = createTarget(storage, filePath);
            const taker = downloadAnswer(settings, target, listeners, context.tell);
            return exchange$(host, { api: 'downloadFile', request, enableProfile }, context, taker).pipe(
              finalize(target.discard),
            );
          });
      },
    });
    return listeners.taskOf(call);
  };
}

function downloadAnswer(
  { maxDownloadBytes, emptyDownload }: Settings,
  target: Target,
  { progress, headersReceived }: FileTaskListeners<DownloadProgress>,
  tell: (callback: () => void) => void,
): AnswerTaker<DownloadFileSuccess> {
  let totalBytesWritten = 0;

  return {
    headers: headersReceived,
    chunk: (bytes, answer) => {
      totalBytesWritten += bytes.byteLength;
      const announced = Number(fieldOf(answer.header, 'content-length')) || 0;
      // What was compressed on its way says nothing of the file.
      const announcedFile = fieldOf(answer.header, 'content-encoding') === undefined ? announced : 0;
      if (Math.max(totalBytesWritten, announcedFile) > maxDownloadBytes)
        throw new CallFailure({ kind: 'file-too-large' });
      target.write(bytes, answer);

      const told: DownloadProgress = {
        progress: percentOf(totalBytesWritten, announced),
        totalBytesWritten,
        totalBytesExpectedToWrite: announced,
      };
      tell(() => progress.emit(told));
    },
    end: (answer, { statusCode }, profile) => {
      if (totalBytesWritten === 0 && emptyDownload === 'fail') throw new CallFailure({ kind: 'file-empty' });
      // One of the two paths alone, as on the phone; the official type has both.
      return {
        ...target.commit(answer),
        statusCode,
        ...(profile && { profile }),
        errMsg: 'downloadFile:ok',
      } as DownloadFileSuccess;
    },
  };
}

/** Where a download goes. It is opened when the answer is there, which names its extension. */
interface Target {
  readonly write: (bytes: Uint8Array, answer: WireHeaders) => void;
  readonly commit: (answer: WireHeaders) => { readonly filePath: string } | { readonly tempFilePath: string };
  readonly discard: () => void;
}

function createTarget(storage: Storage, filePath: string | undefined): Target {
  let file: IncomingFile | undefined;
  let name = '';

  const opened = ({ header }: WireHeaders) => {
    if (filePath !== undefined) return openTarget(storage, filePath);
    name = newFileName(extensionOfType(fieldOf(header, 'content-type')));
    return inCallWords(() => incomingFile(storage, 'tmp', name));
  };
  return {
    write: (bytes, answer) => inCallWords(() => (file ??= opened(answer)).write(bytes)),
    commit: (answer) => {
      inCallWords(() => (file ??= opened(answer)).commit());
      return filePath === undefined ? { tempFilePath: storage.paths.of('tmp', name) } : { filePath };
    },
    discard: () => file?.discard(),
  };
}

function openTarget(storage: Storage, path: string): IncomingFile {
  return inCallWords(() => {
    try {
      return incomingUserFile(storage, { verb: 'open', path });
    } catch (error) {
      const errno = error instanceof FileFailure ? error.errno : undefined;
      if (errno === 1300002) throw new CallFailure({ kind: 'file', detail: 'getParentFile failed', errno: 603300 });
      if (errno !== 1301000) throw error;
      const detail = 'permission denied can not open file filepath';
      throw new CallFailure({ kind: 'file', detail, errno: 603303 });
    }
  });
}
