// For tests that still come here: the kit has it.
export { marbles, type MarbleHelpers } from '../../src/testing/index.js';
export { inForeground$ } from './in-foreground.js';
