import { asyncScheduler, type Observable } from 'rxjs';
import { chunk, closes, headers, json, marbles } from '../src/testing/index.js';
import type { AfterClose, CloseReason, Socket } from '../src/sockets.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

const API = 'https://api.example.com';

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('guide/sockets.md, %s', (_, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  const load = <Exports extends object>(wx: object, file: string) => {
    Object.assign(globalThis, { wx: { ...wx, getStorageSync: () => 'first' } });
    return loaderOf(pages)<Exports>(file);
  };

  it.each<[server: 'pusher' | 'centrifugo' | 'graphqlWs', answers: Readonly<Record<number, AfterClose | undefined>>]>([
    [
      'pusher',
      {
        1006: undefined,
        4000: 'never',
        4099: 'never',
        4100: 'again',
        4200: 'at-once',
        4299: 'at-once',
        4300: undefined,
      },
    ],
    [
      'centrifugo',
      { 1000: undefined, 3000: 'again', 3499: 'again', 3501: 'never', 4000: 'again', 4499: 'again', 4500: 'never' },
    ],
    [
      'graphqlWs',
      { 1000: undefined, 4400: 'never', 4401: 'never', 4403: 'never', 4408: 'again', 4429: 'never', 4500: undefined },
    ],
  ])('[K9.4] what %s means by a close', (server, answers) => {
    const presets = load<Record<typeof server, (close: CloseReason) => AfterClose | undefined>>({}, 'after-close');

    expect(
      Object.fromEntries(
        Object.keys(answers).map((code) => [code, presets[server]({ code: Number(code), reason: '' })]),
      ),
    ).toEqual(answers);
    expect(presets[server]({ code: undefined, reason: '' })).toBeUndefined();
  });

  it(
    '[K9.6][K9.7][K9.9][K9.12] the orders: log in when the token is old, and are open for the next page',
    marbles(({ wx, server, flush }) => {
      const logins = server.post(`${API}/login`).alwaysReplies('-r|', { r: json({ token: 'new' }) });
      const route = server
        .socket('wss://api.example.com/orders')
        .plays('-o-x', { x: closes(4401, 'old') })
        .plays('-owa 20s pb', { w: 'welcome', a: '{"id":1}', p: 'pong', b: 'closing soon' });
      const heard: unknown[] = [];
      route.heard$.subscribe((data) => heard.push(data));
      const { orders } = load<{ orders: Socket<unknown, string> }>(wx, 'orders');
      const seen: unknown[] = [];
      const first = orders.messages$.subscribe((message) => seen.push(message));
      asyncScheduler.schedule(() => first.unsubscribe(), 5_000);
      let second = first;
      asyncScheduler.schedule(() => (second = orders.messages$.subscribe((message) => seen.push(message))), 7_000);
      asyncScheduler.schedule(() => second.unsubscribe(), 22_000);
      flush();

      expect(seen).toEqual([{ id: 1 }, 'closing soon']);
      expect(heard).toEqual(['ping']);
      expect(logins.requests).toHaveLength(1);
      expect(route.requests.map(({ header }) => header['authorization'])).toEqual(['', 'new']);
    }),
  );

  it.each(['[DONE]', '"[DONE]"'])('[K9.13] the answer of a model ends with %s', (done) => {
    marbles(({ wx, server, expectObservable }) => {
      const piece = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
      server.post(`${API}/chat/completions`).replies('-h-a-b-c', {
        h: headers(200, { 'Content-Type': 'text/event-stream' }),
        a: chunk(piece('你')),
        b: chunk(piece('好')),
        c: chunk(`data: ${done}\n\n`),
      });
      const { answerOf } = load<{ answerOf: (question: string) => Observable<string> }>(wx, 'model');

      expectObservable(answerOf('hello?')).toBe('---a-b-|', { a: '你', b: '好' });
    })();
  });
});
