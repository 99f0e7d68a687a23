import { defer } from 'rxjs';
import { FileFailure } from '../files/file-failure.js';
import { typeOfName } from '../files/file-type.js';
import { findFile, readFound, type FoundFile } from '../files/read-file.js';
import type { Storage } from '../files/storage.js';
import type { Host } from '../host.js';
import { admissionFailure } from '../rules/admission.js';
import { CallFailure } from '../rules/failure.js';
import { createForm } from '../rules/multipart.js';
import type { ParameterTypes } from '../rules/parameters.js';
import { fieldOf } from '../rules/redirects.js';
import { requestHeaderOf } from '../rules/request-header.js';
import { collectedBody, responseData } from '../rules/response-body.js';
import type { Settings } from '../settings.js';
import { exchange$, type AnswerTaker } from './request-exchange.js';
import type { UploadFileOption, UploadFileSuccess, UploadProgress, UploadTask } from './file-task-types.js';
import { createFileTaskListeners, percentOf, type FileTaskListeners } from './file-task.js';
import { inCallWords, startCall } from './start-call.js';

/** `wx.uploadFile`. */
export type UploadFile = (option: UploadFileOption) => UploadTask;

const PARAMETERS: ParameterTypes = { url: 'String', filePath: 'String', name: 'String', formData: 'Object?' };

/**
 * Makes `wx.uploadFile`: one file a call, in a form, by POST. It has a domain list of its own (DOM-1), and every other
 * rule in common with `wx.request`.
 *
 * - Evidence: discoveries/files.md; the wording for a file that is not there in discoveries/failures.md#words
 * - Not known: how many bytes the progress counts. Here those of the whole form
 */
export function createUploadFile(host: Host): UploadFile {
  const { settings, storage } = host;

  return (option) => {
    const given = (option ?? {}) as Partial<UploadFileOption>;
    const listeners = createFileTaskListeners<UploadProgress>();

    const call = startCall<UploadFileSuccess>(host, option, {
      api: 'uploadFile',
      method: 'POST',
      parameters: PARAMETERS,
      prepare: () => {
        const { url = '', filePath = '', name = '', header, formData = {}, enableHttp2, enableProfile } = given;
        const sentHeader = requestHeaderOf(header, settings);
        const refusal = admissionFailure('uploadFile', url, settings, host.lan());
        if (refusal) return refusal;
        const formWith = createForm(formData);
        withFile(storage, filePath, () => undefined);

        const form = () => {
          const fileName = filePath.slice(filePath.lastIndexOf('/') + 1);
          const bytes = withFile(storage, filePath, (file) => readFound(file, { verb: 'open', path: filePath }));
          return formWith({ name, fileName, type: typeOfName(fileName), bytes });
        };
        return (context) =>
          // The file is read when the call has its place: by then it may have changed, or be gone.
          defer(() => {
            const { contentType, body } = form();
            const request = {
              method: 'POST',
              url,
              // Whatever the app says of the content type: only the client knows the boundary.
              header: { ...sentHeader, 'content-type': contentType },
              body,
              http2: enableHttp2 === true,
              tellsSent: true,
            };
            const taker = uploadAnswer(settings, body.byteLength, listeners, context.tell);
            return exchange$(host, { api: 'uploadFile', request, enableProfile }, context, taker);
          });
      },
    });
    return listeners.taskOf(call);
  };
}

function uploadAnswer(
  { maxBodyBytes, charsetTrial }: Settings,
  totalBytesExpectedToSend: number,
  { progress, headersReceived }: FileTaskListeners<UploadProgress>,
  tell: (callback: () => void) => void,
): AnswerTaker<UploadFileSuccess> {
  const body = collectedBody(maxBodyBytes);
  const wish = { responseType: 'text', dataType: 'text' };

  return {
    headers: headersReceived,
    sent: (totalBytesSent) => {
      const percent = percentOf(totalBytesSent, totalBytesExpectedToSend);
      tell(() => progress.emit({ progress: percent, totalBytesSent, totalBytesExpectedToSend }));
    },
    chunk: body.add,
    end: ({ header }, { statusCode }, profile) => {
      const data = responseData(body.bytes(), fieldOf(header, 'content-type'), wish, charsetTrial);
      if (data === undefined) return undefined;
      return { data, statusCode, ...(profile && { profile }), errMsg: 'uploadFile:ok' } as UploadFileSuccess;
    },
  };
}

function withFile<Result>(storage: Storage, path: string, work: (file: FoundFile) => Result): Result {
  return inCallWords(() => {
    try {
      return work(findFile(storage, { verb: 'open', path }));
    } catch (error) {
      const missing = error instanceof FileFailure && (error.errno === 1300002 || error.errno === 1300020);
      // A text of its own, and no number (discoveries/failures.md#words).
      throw missing ? new CallFailure({ kind: 'file', detail: "file doesn't exist" }) : error;
    }
  });
}
