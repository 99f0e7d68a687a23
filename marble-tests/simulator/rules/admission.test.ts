import { admissionFailure } from '../../../src/simulator/rules/admission.js';
import { settingsOf } from '../../../src/simulator/settings.js';
import { marbles } from '../../../src/testing/index.js';
import { DOMAIN_VECTORS } from '../../../tests/support/domain-vectors.js';

describe('admission, over the vectors', () => {
  // What the library lets pass because it does not know the list or the device, the platform knows.
  const knowable = DOMAIN_VECTORS.filter(
    ({ verdict, rule, lists, api, device }) =>
      verdict === 'refused' ||
      (rule === 'LAN-1' ? device !== undefined : lists[api] !== undefined || device !== undefined),
  );
  const vectors = knowable.map((vector) => [vector.rule, vector.what, vector] as const);

  it.each(vectors.filter(([, , { api }]) => api === 'request'))('[%s] %s', (_rule, _what, vector) => {
    const { lists, device, url, verdict } = vector;
    marbles(
      ({ wx, server, flush }) => {
        const told: unknown[] = [];
        if (verdict === 'allowed') server.get(url).replies('(r|)');
        wx.request({ url, success: ({ statusCode }) => told.push(statusCode), fail: ({ errno }) => told.push(errno) });
        flush();

        // The server itself is red for a call that it was not told of.
        expect(told).toEqual([verdict === 'allowed' ? 200 : expect.any(Number)]);
        if (verdict === 'refused') expect([600002, 600005, 600009]).toContain(told[0]);
      },
      { simulator: { domains: lists, device } },
    )();
  });

  it.each(vectors.filter(([, , { api }]) => api !== 'request'))('[%s] %s', (_rule, _what, vector) => {
    const settings = settingsOf({ domains: vector.lists, device: vector.device });
    const refused = admissionFailure(vector.api, vector.url, settings, settings.device);

    expect(refused === undefined ? 'allowed' : 'refused').toBe(vector.verdict);
  });
});
