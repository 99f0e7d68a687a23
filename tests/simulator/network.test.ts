import { useHarness } from './harness.js';

describe('the network, on real sockets', () => {
  const { call } = useHarness(() => ({ body: 'x'.repeat(2_000) }));

  it('takes a round trip, and the time that bytes need', async () => {
    const startedAt = performance.now();
    const { success } = await call({ url: '/' }, { network: { rttMs: 100, kbps: 160 } });

    expect(success).toMatchObject({ statusCode: 200, data: 'x'.repeat(2_000) });
    // Timers may be a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
  });

  it('lets what takes longer than its timeout fail', async () => {
    const { fail } = await call({ url: '/', timeout: 50 }, { network: { rttMs: 1_000 } });

    expect(fail).toMatchObject({ errMsg: 'request:fail timeout', errno: 5 });
  });
});
