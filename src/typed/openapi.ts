import type { HttpResponse } from '../platform/http-response.js';
import type { HttpCallOptions } from '../network/calls/http.js';

/** The `paths` that openapi-typescript writes of an OpenAPI document. */
export type PathsLike = object;

/** The methods that a client has: the platform knows no PATCH. */
export type ClientMethod = 'get' | 'head' | 'options' | 'post' | 'put' | 'delete';

/** The paths that have an operation of that method. */
export type PathsWith<Paths, Method extends ClientMethod> = {
  [Path in keyof Paths]: OperationOf<Paths, Path, Method> extends never ? never : Path;
}[keyof Paths] &
  string;

/** What the document says of one method of one path. */
export type OperationOf<Paths, Path extends keyof Paths, Method extends ClientMethod> = Method extends keyof Paths[Path]
  ? Exclude<Paths[Path][Method], undefined>
  : never;

/** A part of the parameters, of the operation and of its path. */
export type ParametersOf<Operation, Part extends string> = Operation extends { readonly parameters: infer Parameters }
  ? Part extends keyof Parameters
    ? Exclude<Parameters[Part], undefined>
    : never
  : never;

/** An option that must be there if something in it must. */
export type NeededOption<Name extends string, Value> = [Value] extends [never]
  ? { readonly [N in Name]?: undefined }
  : Partial<Value> extends Value
    ? { readonly [N in Name]?: Value | undefined }
    : { readonly [N in Name]: Value };

/** The same, of which nothing may be written: what is frozen, such as an answer that is kept, is taken too. */
export type Immutable<Value> = Value extends ArrayBuffer | ArrayBufferView
  ? Value
  : Value extends object
    ? { readonly [Name in keyof Value]: Immutable<Value[Name]> }
    : Value;

/** What is sent as one of some content types: bytes where it is no text, and nothing as a form with files, which is `createUpload`'s. */
export type SentAs<Content> = {
  [Type in keyof Content]: Type extends `multipart/${string}`
    ? never
    : Type extends `${string}json${string}` | `text/${string}` | 'application/x-www-form-urlencoded'
      ? Immutable<Content[Type]>
      : Immutable<Content[Type]> | ArrayBuffer | ArrayBufferView;
}[keyof Content];

/** The body of an operation: `data` of a call. */
export type DataOption<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly data: SentAs<Content> }
  : Operation extends { readonly requestBody?: { readonly content: infer Content } | undefined }
    ? { readonly data?: SentAs<Content> | undefined }
    : { readonly data?: undefined };

/** Further fields of a header. */
export interface OtherFields {
  readonly [name: string]: string | number | boolean | undefined;
}

/** What a call of one operation takes: its parameters and its body, and every option of `http$`. */
export type ClientCall<Operation> = NeededOption<'path', Immutable<ParametersOf<Operation, 'path'>>> &
  NeededOption<'query', Immutable<ParametersOf<Operation, 'query'>>> &
  ([ParametersOf<Operation, 'header'>] extends [never]
    ? { readonly header?: OtherFields | undefined }
    : NeededOption<'header', ParametersOf<Operation, 'header'> & OtherFields>) &
  DataOption<Operation> &
  Omit<HttpCallOptions, 'path' | 'query' | 'data' | 'header'>;

/** The body that is made of an answer: of its JSON, where it has some. */
export type BodyOf<Response> = Response extends { readonly content: infer Content }
  ? [keyof Content] extends [never]
    ? undefined
    : [Extract<keyof Content, `${string}json${string}`>] extends [never]
      ? Content[keyof Content]
      : Content[Extract<keyof Content, `${string}json${string}`>]
  : undefined;

/** Whether a status is a good one: `default` is a bad one where the document names a good one, and else may be either. */
export type IsOk<Status, Responses> = Status extends 'default'
  ? [Extract<`${keyof Responses & (number | string)}`, `2${string}`>] extends [never]
    ? boolean
    : false
  : `${Status & (number | string)}` extends `2${string}`
    ? true
    : false;

/**
 * The answers that the document knows: their bodies are told apart by `ok` and by `status`. `default` is for every other status.
 *
 * @typeParam As - The body of all of them, where the call says `as`.
 */
export type ClientAnswer<Operation, As = unknown> = Operation extends { readonly responses: infer Responses }
  ? {
      [Status in keyof Responses]: Omit<HttpResponse<unknown>, 'status' | 'ok' | 'body'> & {
        readonly status: Status extends number ? Status : number;
        readonly ok: IsOk<Status, Responses>;
        readonly body: unknown extends As ? BodyOf<Responses[Status]> : As;
      };
    }[keyof Responses]
  : HttpResponse<As>;
