import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Desk } from '../../../src/desk/desk.js';
import { servePage, type PageServer } from '../../../src/desk/page-server.js';
import type { InspectEvent } from '../../../src/network/network-event.js';
import { CHROMIUM } from './find-chromium.js';

const CODE = 'K3D9AB';

/** A call that waits, is held, is sent and answered. */
function life(call: number, atMs: number, fails = false): InspectEvent[] {
  const base = { call, attempt: 1 };
  const url = `https://api.example.com/items/${call}?token=***`;
  const method = 'GET';
  return [
    {
      type: 'called',
      call,
      atMs,
      client: 'http$',
      api: 'request',
      method,
      url,
      priority: 'normal',
      background: 'hold',
    },
    { type: 'queued', call, atMs, waiting: 3, running: 10 },
    {
      type: 'sent',
      ...base,
      atMs: atMs + 400,
      method,
      url,
      headers: { authorization: '***' },
      running: 10,
      overtaken: 0,
      attemptMs: 60_000,
    },
    ...(fails
      ? ([
          {
            type: 'failed',
            call,
            atMs: atMs + 900,
            error: { code: 'timeout', rule: 'TIME-1', what: 'it took longer than it may' },
          },
        ] as const)
      : ([
          {
            type: 'answered',
            ...base,
            atMs: atMs + 900,
            status: 200,
            headers: { 'Content-Type': 'application/json' },
            size: 12,
            durationMs: 500,
            profile: undefined,
          },
          { type: 'decoded', ...base, atMs: atMs + 901, charset: 'utf-8', decodedBy: 'platform' },
          { type: 'completed', call, atMs: atMs + 901 },
        ] as const)),
  ] as InspectEvent[];
}

// What needs a browser runs where there is one: `npm run test:browser` installs it.
(CHROMIUM === undefined ? describe.skip : describe)(
  'the page of inspect, in Chromium (skipped where there is none: npm run test:browser)',
  () => {
    const desk = new Desk();
    let server: PageServer;
    let browser: Browser;

    beforeAll(async () => {
      execFileSync('node', [join('scripts', 'inspect-page.mjs')]);
      server = await servePage(desk, CODE, 0, 'en');
      const { chromium } = await import('playwright-core');
      const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
      const offline = ['--disable-background-networking', '--disable-component-update'];
      browser = await chromium.launch({ executablePath: CHROMIUM as string, args: [...quiet, ...offline] });
    }, 60_000);
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    const open = async (url = server.url): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
      page.setDefaultTimeout(10_000);
      await page.goto(url);
      return page;
    };

    it('shows nothing without the code of the desk', async () => {
      for (const fragment of ['', '#code=WRONG1']) {
        const page = await open(server.url.replace(/#.*$/, fragment));
        await page.getByRole('alert').waitFor();
        expect(await page.getByRole('alert').textContent()).toContain('no code, or a wrong one');
        await page.close();
      }
    }, 30_000);

    it('draws calls as they happen, says why one took so long, filters, and speaks both languages', async () => {
      const inlet = desk.open('simulator', 'android');
      const page = await open();
      await page.getByText('No calls yet').waitFor();
      inlet.take([...life(1, 1_000), ...life(2, 1_100, true)]);
      await page.locator('[data-key="call 2"]').click();
      const detail = page.locator('.detail');
      await detail.getByText('in line behind 3 calls while 10 ran (LIM-2)').waitFor();
      expect(await detail.locator('.error').textContent()).toContain('TIME-1');

      await page.locator('[data-kind="failed"]').click();
      await page.locator('[data-key="call 1"]').waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await page.locator('[data-kind="all"]').click();
      await page.getByRole('searchbox').fill('items/1');
      await page.locator('[data-key="call 2"]').waitFor({ state: 'detached' });
      expect(await page.locator('[data-key="call 1"]').count()).toBe(1);

      await page.locator('[data-action="language"]').click();
      await page.getByText('时间花在哪里').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
      await page.locator('[data-action="theme"]').click();
      await page.locator('html[data-theme="dark"]').waitFor();
      expect(await page.content()).not.toMatch(/Bearer|secret/);
      await page.close();
    }, 60_000);

    it('says why it does not open a file that is no HAR', async () => {
      const page = await open();
      const told = new Promise<string>((resolve) => {
        page.on('dialog', (dialog) => {
          resolve(dialog.message());
          void dialog.dismiss();
        });
      });
      const name = 'wrong.har';
      await page
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from('{}') });
      expect(await told).toContain('HAR');
      await page.close();
    }, 30_000);

    it('draws only what is seen of ten thousand calls, and moves through them by the keyboard', async () => {
      const inlet = desk.open('simulator', 'many');
      for (let call = 1; call <= 10_000; call += 500) {
        inlet.take(Array.from({ length: 500 }, (_, index) => life(call + index, (call + index) * 10)).flat());
      }
      const page = await open();
      await page.getByText('10000 in all').waitFor();
      expect(await page.locator('.scroller .row').count()).toBeLessThan(80);
      await page.keyboard.press('ArrowDown');
      await page.locator('[data-key="call 1"].selected').waitFor();
      // Twenty screens in a second would be a stutter: each has to be there within a tenth of a second, or nearly.
      const slowest = await page.evaluate<number>(`(async () => {
        const box = document.querySelector('.scroller');
        let slowest = 0;
        for (let screen = 0; screen < 20; screen++) {
          const startedAt = performance.now();
          box.scrollTop = screen * 9000;
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          slowest = Math.max(slowest, performance.now() - startedAt);
        }
        return slowest;
      })()`);
      expect(slowest).toBeLessThan(2_000);
      await page.close();
    }, 60_000);
  },
);
