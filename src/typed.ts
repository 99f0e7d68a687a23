/**
 * Bodies with types: checked by a schema as they come, or typed by the paths of an OpenAPI document.
 */

export { parse, type ParsedAnswer } from './typed/parse.js';
export {
  createClient,
  type Client,
  type ClientFunction,
  type ClientOptions,
  type QueryStyle,
} from './typed/create-client.js';
export type {
  BodyOf,
  ClientAnswer,
  ClientCall,
  ClientMethod,
  DataOption,
  Immutable,
  IsOk,
  NeededOption,
  OperationOf,
  OtherFields,
  ParametersOf,
  PathsLike,
  PathsWith,
  SentAs,
} from './typed/openapi.js';
export type { StandardSchema, SchemaOutput, SchemaResult } from './typed/standard-schema.js';
export type { SchemaIssue } from './platform/network-error.js';
