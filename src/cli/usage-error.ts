import type { Said } from './language.js';

/** An argument makes no sense; the text says what was expected and what came. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(readonly said: Said) {
    super(said.en);
  }
}
