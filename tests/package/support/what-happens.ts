/** What bare/scenario.js finds out, on any engine: the time in milliseconds, and what was to be seen. */
export const WHAT_HAPPENS: readonly string[] = [
  // Both entries have the same rxjs inside.
  '0 one rxjs true',
  '0 GET /items text 60000',
  '0 GET /bytes arraybuffer 60000',
  '0 GET /bytes arraybuffer 60000',
  '0 GET /gone text 60000',
  // DOM-7, before anything is sent
  '0 refused domain-not-allowed DOM-7',
  '0 GET /await text 60000',
  '100 items 200 [{"id":1}]',
  '100 items complete',
  // ENC-1, ENC-2: decoded by us, one byte order mark taken off
  '100 bytes 200 "[\\"你😀\\"]"',
  '100 bytes complete',
  '100 bytes 200 ["你😀"]',
  '100 bytes complete',
  '100 gone status CB-1',
  '100 awaited a promise',
  // LIM-2: eleven calls; what waits when it is cancelled is never sent
  ...Array.from({ length: 10 }, (_, index) => `1000 POST /slow${index} text 60000`),
  ...Array.from({ length: 10 }, (_, index) => `1050 abort /slow${index}`),
  // TIME-1: the platform does not call back, so we do, a second later
  '2000 GET /never text 1000',
  '4000 abort /never',
  '4000 timeout timeout TIME-1',
  // BG-1, BG-2: cut after five seconds, held, and sent after the return; a POST is not sent again
  '5000 GET /feed text 60000',
  '5000 POST /order text 60000',
  '6000 hide',
  '11000 abort /feed',
  '11000 abort /order',
  '11000 order interrupted BG-1',
  '20000 show',
  '20000 GET /feed text 60000',
  '20000 GET /held text 60000',
  '20100 feed 200 "fresh"',
  '20100 feed complete',
  '20100 held 200 "held"',
  '20100 held complete',
];
