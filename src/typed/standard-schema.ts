import type { SchemaIssue } from '../platform/network-error.js';

/** What a schema says of a value. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/**
 * A schema of any library that follows Standard Schema 1, such as zod from 3.24, valibot from 1 and arktype from 2: what of it
 * is used here (https://standardschema.dev).
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | PromiseLike<SchemaResult<Output>>;
    /** There is no such value: it is for types. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What a value is once the schema has taken it. */
export type SchemaOutput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output'];
