import { fastClock } from '../../support/fast-clock.js';
import { failure } from '../../support/failure.js';
import { called } from '../../support/called.js';
import { useHarness } from '../harness.js';

// The rules of time are tested in virtual time; here is that they reach the sockets.
describe('limits, on real sockets', () => {
  let waiting = 0;
  let letGo = () => {};
  const tenCame = new Promise<void>((resolve) => (letGo = resolve));
  const harness = useHarness(({ url }) => {
    if (url.startsWith('/held')) {
      // And a while longer, in which an eleventh would come.
      if (++waiting === 10) setTimeout(letGo, 50);
      return { body: url, when: tenCame };
    }
    const afterMs = Number(/\d+/.exec(url)?.[0] ?? 0);
    return {
      status: url.startsWith('/status') ? afterMs : 200,
      body: url,
      afterMs: url.startsWith('/after') ? afterMs : 0,
    };
  });
  const API = 'https://api.example.com';

  it('[LIM-2] has ten requests at the server at once, and all of them answered', async () => {
    const { wx } = harness.phone();
    const told = await Promise.all(
      Array.from({ length: 40 }, (_, index) => called(wx.request, { url: `${API}/held?${index}` })),
    );

    expect(told.map(({ success }) => success?.data)).toEqual(
      Array.from({ length: 40 }, (_, index) => `/held?${index}`),
    );
    expect(harness.server.maxInFlight()).toBe(10);
  });

  it.each([204, 400, 404, 500, 503])('[CB-1] takes status %i for success', async (status) => {
    expect((await harness.call({ url: `/status-${status}` })).success).toMatchObject({
      statusCode: status,
      errMsg: 'request:ok',
    });
  });

  it('[TIME-1] [TIME-2] ends a call that takes longer, and its connection', async () => {
    const before = harness.server.cutOff();
    const { fail, order } = await harness.call({ url: '/after-1000', timeout: 40 });

    expect(fail).toEqual(failure('request:fail timeout', 5));
    expect(order).toEqual(['fail', 'complete']);
    await expectSoon(() => harness.server.cutOff() === before + 1);
  });

  it('[TIME-1] gives up after sixty seconds by default', async () => {
    const before = harness.server.cutOff();
    const { fail } = await harness.call({ url: '/after-3000', timeout: 3_600_000 }, { scheduler: fastClock(1_000) });

    expect(fail).toEqual(failure('request:fail timeout', 5));
    await expectSoon(() => harness.server.cutOff() === before + 1);
  });

  it('[BG-1] [BG-2] cuts what runs five seconds after the hide, and refuses until the return', async () => {
    const simulator = harness.phone({ scheduler: fastClock(50) });
    const before = { cutOff: harness.server.cutOff(), seen: harness.server.seen.length };
    const running = called(simulator.wx.request, { url: `${API}/after-3000` });
    await expectSoon(() => harness.server.seen.length === before.seen + 1);
    simulator.enterBackground();
    const refused = await called(simulator.wx.request, { url: `${API}/after-1` });

    expect(refused.fail).toEqual(failure('request:fail interrupted', 600003));
    expect((await running).fail).toEqual(failure('request:fail interrupted', 600003));
    await expectSoon(() => harness.server.cutOff() === before.cutOff + 1);

    simulator.enterForeground();
    expect((await called(simulator.wx.request, { url: `${API}/after-1` })).success?.statusCode).toBe(200);
    expect(harness.server.seen).toHaveLength(before.seen + 2);
  });

  it('ends the connection in the turn of an abort', async () => {
    const before = { cutOff: harness.server.cutOff(), seen: harness.server.seen.length };
    let abort = () => {};
    const told = harness.call({ url: '/after-3000' }, {}, (task) => {
      abort = task.abort;
    });
    await expectSoon(() => harness.server.seen.length === before.seen + 1);
    abort();

    expect(await told).toMatchObject({ fail: failure('request:fail abort'), order: ['fail', 'complete'] });
    await expectSoon(() => harness.server.cutOff() === before.cutOff + 1);
  });

  it('does not send a call that is aborted before it is connected', async () => {
    const before = harness.server.seen.length;
    const { fail } = await harness.call({ url: '/never-sent' }, {}, (task) => task.abort());
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(fail).toEqual(failure('request:fail abort'));
    expect(harness.server.seen).toHaveLength(before);
  });
});

async function expectSoon(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}
