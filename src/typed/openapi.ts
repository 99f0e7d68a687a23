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
type ParametersOf<Operation, Part extends string> = Operation extends { readonly parameters: infer Parameters }
  ? Part extends keyof Parameters
    ? Exclude<Parameters[Part], undefined>
    : never
  : never;

/** An option that must be there if something in it must. */
type Needed<Name extends string, Value> = [Value] extends [never]
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends Value
    ? { readonly [N in Name]?: Value | undefined }
    : { readonly [N in Name]: Value };

type BodyOf<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? Content[keyof Content]
  : never;
type OptionalBodyOf<Operation> = Operation extends {
  readonly requestBody?: { readonly content: infer Content } | undefined;
}
  ? Content[keyof Content]
  : never;
type Data<Operation> = [BodyOf<Operation>] extends [never]
  ? [OptionalBodyOf<Operation>] extends [never]
    ? { readonly data?: undefined }
    : { readonly data?: OptionalBodyOf<Operation> | undefined }
  : { readonly data: BodyOf<Operation> };

/** What a call of one operation takes: its parameters and its body, and every option of `http$`. */
export type ClientCall<Operation> = Needed<'path', ParametersOf<Operation, 'path'>> &
  Needed<'query', ParametersOf<Operation, 'query'>> &
  Data<Operation> &
  Omit<HttpCallOptions, 'path' | 'query' | 'data'>;

type Succeeds<Status> = `${Status & (number | string)}` extends `2${string}` ? true : false;
/** `default` is for every other status, `4XX` for a hundred of them. */
type IsOk<Status> = Status extends 'default' ? boolean : Succeeds<Status>;

type ContentOf<Response> = Response extends { readonly content: infer Content }
  ? [keyof Content] extends [never]
    ? undefined
    : Content[keyof Content]
  : undefined;

/** The answers that the document knows: their bodies are told apart by `ok` and by `status`. */
export type ClientAnswer<Operation> = Operation extends { readonly responses: infer Responses }
  ? {
      [Status in keyof Responses]: Omit<HttpResponse<unknown>, 'status' | 'ok' | 'body'> & {
        readonly status: Status extends number ? Status : number;
        readonly ok: IsOk<Status>;
        readonly body: ContentOf<Responses[Status]>;
      };
    }[keyof Responses]
  : HttpResponse<unknown>;
