import { isObject } from '../../platform/field-text.js';

/**
 * What `http$(url, options)` means, as other clients have it: dropped, the options would make a GET of what was to be a POST. The
 * types do not have it. An index and a list, which `map` and `mergeMap` give behind a URL, mean nothing.
 */
export function withOptions<Input>(input: Input, options: unknown): Input {
  return isObject(options) && !Array.isArray(options) ? ({ ...options, url: input } as Input) : input;
}
