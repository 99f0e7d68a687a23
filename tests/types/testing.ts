// Compiled, never run: `npx tsc -p tsconfig.node.json` is the test.
import { map, type Observable } from 'rxjs';
import { createNetwork, type AppState, type HttpResponse } from '../../src/index.js';
import {
  httpResponse,
  json,
  marbles,
  obeysTheLaws,
  scenario,
  scriptedWx,
  timeline,
  type ReceivedRequest,
} from '../../src/testing/index.js';
import { exactly } from './exactly.js';

const url = 'https://api.example.com/me';

export const test: () => void = marbles(({ wx, server, app, simulator }) => {
  // The phone fits the library's port.
  createNetwork({ wx, scheduler: simulator.scheduler });
  exactly<Observable<AppState>>()(app('-h-s'), true);

  server.get(url).replies('--r|', {
    r: (request) => {
      exactly<ReceivedRequest>()(request, true);
      return json({ sent: request.text });
    },
  });
  // @ts-expect-error -- an answer is made by json(…), text(…) …
  server.get(url).replies('--r|', { r: { name: 'Ada' } });
  // @ts-expect-error -- a failure that there is not
  server.get(url).replies('--#', {}, 'boom');
  // @ts-expect-error -- marbles first, then what the letters stand for
  server.get(url).replies({ r: json([]) });
});

export const told: Promise<void> = scenario(async ({ advance }) => {
  await advance(10);
  // @ts-expect-error -- milliseconds, not a diagram
  await advance('--');
});

export const scripted: () => void = marbles(({ app, cold }) => {
  // It fits the library's port, sockets and all.
  const wx = scriptedWx(() => cold('r', { r: { data: '{}' } }), {
    app$: app('-h-s'),
    sockets: () => cold('o', { o: { open: {} } }),
  });
  createNetwork({ wx });
  // @ts-expect-error -- a mark is named as the listener that hears it
  scriptedWx(() => cold('r', { r: {} }), { sockets: () => cold('o', { o: { opened: {} } }) });

  exactly<HttpResponse<{ id: number }>>()(httpResponse({ body: { id: 1 } }), true);
  timeline(cold('a', { a: 1 }), (value) => {
    exactly<number>()(value, true);
    return '';
  });
});

export function laws(): void {
  obeysTheLaws(() => map((value: number) => `${value}`), {
    values: { a: 1, b: 2, c: 3 },
    results: { a: '1', b: '2', c: '3' },
  });
  // @ts-expect-error -- what comes out is what the operator makes
  obeysTheLaws(() => map((value: number) => value), { values: { a: 'a', b: 'b', c: 'c' } });
}
