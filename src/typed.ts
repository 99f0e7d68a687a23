/**
 * Bodies with types: checked by a schema as they come, or typed by the paths of an OpenAPI document.
 */

export { parse } from './typed/parse.js';
export { createClient, type Client, type ClientOptions } from './typed/create-client.js';
export type { PathsLike, ClientCall, ClientAnswer } from './typed/openapi.js';
export type { StandardSchema, SchemaOutput, SchemaResult } from './typed/standard-schema.js';
export type { SchemaIssue } from './platform/network-error.js';
