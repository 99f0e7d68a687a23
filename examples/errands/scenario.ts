import { setTimeout as sleep } from 'node:timers/promises';
import { filter, firstValueFrom, forkJoin, takeUntil, timer, type Observable } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { createApp, type ErrandsApp } from './app.js';
import { startShop } from './server.js';
import type { Condition, ErrandsRecord, ErrandsSpectator } from './step.js';
import { outboxSummary, type ErrandsFinished } from './summary.js';

const PATIENCE_MS = 15_000;
const LIKES = 8;

/** Lets a user like and order in a tunnel; the app is killed there, and once more while it sends. */
export async function runErrands({ phone, onBegin, onStep }: ErrandsSpectator): Promise<ErrandsFinished> {
  const shop = await startShop();
  const simulator = createSimulator({
    phone,
    domains: { request: ['https://api.example.com'] },
    lookup: (host) => (host === 'api.example.com' ? { address: '127.0.0.1', port: shop.port } : undefined),
    ca: shop.ca,
    networkType: 'none',
    storage: { inMemory: true },
  });
  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const told: string[] = [];

  const record: ErrandsRecord = {
    steps: [],
    condition: 'tunnel',
    kept: () => app.outbox.snapshot().waiting,
    done: () => shop.done.length,
  };
  const step = (what: string, condition: Condition = record.condition) => {
    record.condition = condition;
    const one = { at: now(), condition, what };
    record.steps.push(one);
    onStep(one);
  };
  const start = (): ErrandsApp => {
    const life = createApp({ wx: simulator.wx, scheduler: simulator.scheduler });
    life.outbox.results$.subscribe(({ item }) => step(`arrived   ${(item.request.data as { what: string }).what}`));
    return life;
  };
  const kill = async (condition: Condition) => {
    step(`the app is killed; ${app.outbox.snapshot().waiting} wait on the phone`, 'killed');
    simulator.destroy();
    await sleep(300);
    simulator.restart();
    app = start();
    step('the app starts again', condition);
  };
  // Not for ever: what has not come by then shows in the figures.
  const patient = <T>(source: Observable<T>): Promise<T | undefined> =>
    firstValueFrom(source.pipe(takeUntil(timer(PATIENCE_MS))), { defaultValue: undefined });

  let app = start();
  try {
    onBegin?.(record, now);
    const acts = Array.from({ length: LIKES }, (_, index) => `like ${index + 1}`);
    acts.splice(5, 0, 'order tea');
    for (const act of acts) {
      const [kind, what = ''] = act.split(' ');
      await patient(kind === 'like' ? app.like(Number(what)) : app.order(what));
      told.push(act);
      step(`kept      ${act}`);
      await sleep(60);
    }
    await kill('tunnel');
    await sleep(200);
    step('the tunnel ends', 'online');
    simulator.setNetwork('4g');
    await patient(app.outbox.results$);
    await kill('online');
    await patient(app.outbox.idle$.pipe(filter((idle) => idle)));

    shop.expire();
    step('the login expires; a page loads six things at once');
    const before = shop.logins();
    const parts = await patient(app.page$);
    step(`${parts?.length ?? 0} arrived after ${shop.logins() - before} login`);
    await patient(forkJoin(['tea', 'rice', 'salt'].map((sku) => app.price(sku))));
    step(`three prices arrived after ${shop.retries()} retries`);

    return {
      outbox: outboxSummary(told, shop.done, shop.requests()),
      logins: shop.logins(),
      retries: shop.retries(),
      inOrder: String(shop.done) === String(told),
      seconds: Number((now() / 1_000).toFixed(1)),
    };
  } finally {
    await simulator.close();
    await shop.stop();
  }
}
