import { soak } from './soak.js';

describe('an app on a bad day', () => {
  it('loses no call, doubles none, and lets none hang: the short form of `npm run soak`', async () => {
    const { calls, faults } = await soak({ seed: 1, hours: 0.2 });

    expect(faults).toEqual([]);
    expect(calls).toBeGreaterThan(100);
  }, 60_000);
});
