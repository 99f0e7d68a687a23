import { helpFor } from '../../src/cli/help.js';

/** What `npm start -- --help` prints: at most 79 columns. */
export const HELP = `npm start                    the demo: calls, files, sockets, an outbox (35 s)
npm start -- --json          the same; its last line is one object, for scripts
npm start -- --inspect       the same, and in the browser, until Ctrl-C
npm start -- --phone <name>  on another client than android: ios, harmony,
                             windows, mac, devtools
npm start -- <URL> [options] one real request, under the rules of the platform:
                             what 'rx-miniprogram request' does

${helpFor('request', 'en')}`;
