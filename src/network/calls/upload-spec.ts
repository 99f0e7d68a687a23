import { forkJoin, map, mergeMap, of, type Observable } from 'rxjs';
import type { OptionKind } from '../../platform/check-options.js';
import { exactBytes } from '../../platform/exact-bytes.js';
import { formFields } from '../../platform/form-fields.js';
import { decode } from '../../platform/decode.js';
import { makeResponse } from '../../platform/make-response.js';
import { multipart, type FormFile } from '../../platform/multipart.js';
import type { WxReadFilePort, WxUploadFilePort } from '../../platform/wx-files.js';
import { readFile$ } from '../../sources/read-file.js';
import { requestEvents$ } from '../../sources/request.js';
import { uploadFileEvents$ } from '../../sources/upload-file.js';
import type { NetworkInternals } from '../internals.js';
import type { AttemptEvent } from './call-events.js';
import { CALL_OPTIONS, FOREIGN_NAMES, platformOf, type CallSpec, type PreparedCall } from './call-spec.js';
import { joinHeaders, withoutField } from './request-header.js';
import { problemOfUpload, type UploadFile, type UploadRequest } from './upload-request.js';

type Sent = PreparedCall<UploadRequest>;

/** `upload$`: `wx.uploadFile`, which sends one file a call and names it itself; a form of our own through `wx.request` for the rest. */
export const UPLOAD: CallSpec<UploadRequest> = {
  client: 'upload$',
  apiOf: ({ files, fileName }) => ((files ?? fileName) ? 'request' : 'uploadFile'),
  methods: ['POST'],
  options: {
    ...CALL_OPTIONS,
    filePath: 'string',
    name: 'string',
    fileName: 'string',
    files: 'array',
    formData: 'object',
    as: ['json', 'text'],
    parseJson: 'function',
  } satisfies Record<keyof UploadRequest | 'method', OptionKind>,
  hints: {
    ...FOREIGN_NAMES,
    data: 'write formData',
    body: 'write formData',
    params: 'write formData, or a query into the url',
    responseType: "write as: 'json' or as: 'text'",
    file: 'write filePath',
    filePath: 'write the tempFilePath of one file; bytes go into files: [{ name, fileName, bytes }]',
  },
  problemOf: problemOfUpload,
  content: ['formData', 'files', 'platform'],
  identity: ['filePath', 'name', 'fileName', 'files', 'formData', 'as', 'parseJson', 'idempotencyKey'],

  written(request, _method, _header, _network, refuse) {
    const { formData } = request;
    return formData === undefined ? request : { ...request, formData: formFields(formData, refuse) };
  },

  send(network, sent, attempt) {
    (sent.api === 'uploadFile' ? fileEvents$ : formEvents$)(network, sent).subscribe(attempt);
  },

  answer({ result, durationMs }, { api, method, request }, { settings }) {
    const response = Object.assign(makeResponse(result, method, request.url, durationMs), { api });
    return decode(response, request, settings, request);
  },
};

function fileEvents$({ settings, wx, scheduler }: NetworkInternals, sent: Sent): Observable<AttemptEvent> {
  const { url, filePath = '', name = '', formData } = sent.request;
  const header = withoutField(sent.header, 'content-type');
  const asked = {
    url,
    filePath,
    name,
    formData,
    header,
    timeoutMs: sent.policy.attemptMs,
    platform: platformOf(settings, sent.request),
  };
  return uploadFileEvents$(asked, { wx: wx as WxUploadFilePort, scheduler });
}

function formEvents$(network: NetworkInternals, sent: Sent): Observable<AttemptEvent> {
  const { files, filePath, name = '', fileName } = sent.request;
  const all = files ?? [{ name, filePath, fileName }];
  return forkJoin(all.map((file) => read(file, network.wx as WxReadFilePort))).pipe(
    mergeMap((read) => formSent$(network, sent, read)),
  );
}

function read(file: UploadFile, wx: WxReadFilePort): Observable<FormFile> {
  const { name, filePath = '', contentType, bytes } = file;
  const { fileName = filePath.replace(/^.*\//, '') } = file;
  const bytes$ = bytes ? of(exactBytes(bytes) as ArrayBuffer) : readFile$(filePath, { wx });
  return bytes$.pipe(map((read) => ({ name, fileName, contentType, bytes: read })));
}

function formSent$(
  { settings, wx, scheduler }: NetworkInternals,
  { request, header, policy }: Sent,
  files: readonly FormFile[],
): Observable<AttemptEvent> {
  const { url, formData = {} } = request;
  const { contentType, body } = multipart(formData as Readonly<Record<string, string>>, files);
  const asked = {
    url,
    method: 'POST',
    header: joinHeaders(header, { 'content-type': contentType }),
    data: body,
    timeoutMs: policy.attemptMs,
    platform: platformOf(settings, request),
  } as const;
  const whole = { type: 'progress', percent: 100, bytes: body.byteLength, totalBytes: body.byteLength } as const;
  return requestEvents$(asked, { wx, scheduler }).pipe(
    mergeMap((event): Observable<AttemptEvent> => (event.type === 'response' ? of(whole, event) : of(event))),
  );
}
