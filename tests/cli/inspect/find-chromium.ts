import { existsSync } from 'node:fs';

/** A Chromium that is there: nothing is installed by a test. `npm run test:browser` installs one where it may. */
export const CHROMIUM = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));
