/**
 * `npx tsx scripts/inspect-screenshots.ts`: the pictures of the README and of guide/inspect.md, of a made-up app whose call took
 * nine seconds. Needs a Chromium: `npm run test:browser` installs one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Desk } from '../src/desk/desk.js';
import { servePage } from '../src/desk/page-server.js';
import type { InspectEvent } from '../src/network/network-event.js';

const CODE = 'K3D9AB';
const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
if (executablePath === undefined) throw new Error('there is no Chromium; npm run test:browser installs one');

const happened: InspectEvent[] = [];
const tell = (event: object) => happened.push(event as InspectEvent);
const PATHS = ['/feed', '/items/17', '/user/me', '/search', '/orders', '/banner', '/comments', '/stock'];

tell({ type: 'lifecycle', atMs: 0, visibility: 'foreground', awayMs: 0 });
tell({ type: 'socket-waiting', socket: 1, atMs: 40, url: 'wss://chat.example.com/room', running: 0, waiting: 0 });
tell({ type: 'socket-connecting', socket: 1, atMs: 40, url: 'wss://chat.example.com/room', generation: 1 });
tell({ type: 'socket-open', socket: 1, atMs: 260, generation: 1 });
for (let call = 1; call <= 46; call++) {
  const calledAt = 120 + call * 95;
  const method = call % 5 === 0 ? 'POST' : 'GET';
  const url = `https://api.example.com${PATHS[call % PATHS.length] ?? ''}`;
  const waits = call > 10 ? Math.min((call - 10) * 70, 1_900) : 0;
  const isHeld = call === 30;
  const sentAt = calledAt + waits + (isHeld ? 5_200 : 0);
  const took = 180 + ((call * 137) % 900);
  const attempt = 1;
  tell({
    type: 'called',
    call,
    atMs: calledAt,
    client: 'http$',
    api: 'request',
    method,
    url,
    priority: 'normal',
    background: 'hold',
  });
  if (waits > 0) tell({ type: 'queued', call, atMs: calledAt, waiting: call - 11, running: 10 });
  if (isHeld) {
    tell({ type: 'held', call, atMs: calledAt + waits, reason: 'background' });
    tell({ type: 'released', call, atMs: sentAt - 800 });
  }
  const headers = { authorization: '***', 'content-type': 'application/json' };
  tell({
    type: 'sent',
    call,
    attempt,
    atMs: sentAt,
    method,
    url,
    headers,
    running: 10,
    overtaken: 0,
    attemptMs: 60_000,
  });
  if (call === 21) {
    const what =
      'img.example.com redirects to cdn.example.com, which is not in the request domains; add https://cdn.example.com';
    tell({ type: 'failed', call, atMs: sentAt + 120, error: { code: 'domain-not-allowed', rule: 'DOM-1', what } });
    continue;
  }
  const status = call % 19 === 0 ? 500 : 200;
  const answered = { 'Content-Type': 'application/json; charset=utf-8', 'Set-Cookie': '***' };
  tell({
    type: 'answered',
    call,
    attempt,
    atMs: sentAt + took,
    status,
    headers: answered,
    size: 2_400,
    durationMs: took,
    profile: undefined,
  });
  tell({ type: 'decoded', call, attempt, atMs: sentAt + took + 2, charset: 'utf-8', decodedBy: 'platform' });
  tell({ type: 'completed', call, atMs: sentAt + took + 2 });
}
tell({ type: 'lifecycle', atMs: 4_400, visibility: 'background', awayMs: 0 });
tell({ type: 'lifecycle', atMs: 8_600, visibility: 'foreground', awayMs: 4_200 });
tell({ type: 'socket-closed', socket: 1, atMs: 10_400, meaning: 'clean' });

execFileSync('node', ['scripts/inspect-page.mjs']);
const desk = new Desk();
const server = await servePage(desk, CODE, 0, 'en');
desk.open('simulator', 'shop · android').take(happened.sort((one, other) => one.atMs - other.atMs));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 760 }, colorScheme });
  await page.goto(server.url);
  await page.locator('.scroller .row').first().waitFor();
  await page.evaluate('document.querySelector(".scroller").scrollTop = 400');
  await page.locator('[data-key="call 30"]').click();
  await page.locator('.why').waitFor();
  await page.screenshot({ path: `guide/inspect-${colorScheme}.png` });
  await page.close();
}
await browser.close();
await server.close();
