import { describe, it } from 'node:test';
import { declareSample } from './sample.js';

declareSample({
  describe: (name, body) => describe(name, body),
  it: (name, body) =>
    it(name, async () => {
      await body();
    }),
});
