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

/** The body of an operation: `data` of a call. */
export type DataOption<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly data: Content[keyof Content] }
  : Operation extends { readonly requestBody?: { readonly content: infer Content } | undefined }
    ? { readonly data?: Content[keyof Content] | undefined }
    : { readonly data?: undefined };

/** What a call of one operation takes: its parameters and its body, and every option of `http$`. */
export type ClientCall<Operation> = NeededOption<'path', ParametersOf<Operation, 'path'>> &
  NeededOption<'query', ParametersOf<Operation, 'query'>> &
  DataOption<Operation> &
  Omit<HttpCallOptions, 'path' | 'query' | 'data'>;

/**
 * The answers that the document knows: their bodies are told apart by `ok` and by `status`. `default` is for every other status.
 */
export type ClientAnswer<Operation> = Operation extends { readonly responses: infer Responses }
  ? {
      [Status in keyof Responses]: Omit<HttpResponse<unknown>, 'status' | 'ok' | 'body'> & {
        readonly status: Status extends number ? Status : number;
        readonly ok: Status extends 'default'
          ? boolean
          : `${Status & (number | string)}` extends `2${string}`
            ? true
            : false;
        readonly body: Responses[Status] extends { readonly content: infer Content }
          ? [keyof Content] extends [never]
            ? undefined
            : Content[keyof Content]
          : undefined;
      };
    }[keyof Responses]
  : HttpResponse<unknown>;
