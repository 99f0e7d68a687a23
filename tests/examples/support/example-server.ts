import { chunk, headers, json, sent, type ScenarioHelpers } from '../../../src/testing/index.js';

/** Answers all that an example of a framework asks, which is the same for each. @returns its socket */
export function answerExample(server: ScenarioHelpers['server']) {
  server.get('https://api.example.com/items').replies('--r|', { r: json([{ id: 1, name: 'one' }]) });
  server.upload('https://api.example.com/files').replies('-s-s-r|', { s: sent(100), r: json({}) });
  server.get('https://api.example.com/answer').replies('-h-a-b|', { h: headers(200), a: chunk('he'), b: chunk('llo') });
  return server.socket('wss://api.example.com/live?id=1').plays('--o-m', { m: 'hello' });
}

/** What each has called by then: the list, a photo, an answer, the socket of a page that was left. */
export const EXAMPLE_CALLS = ['request answered', 'uploadFile answered', 'request answered', 'connectSocket answered'];
