import { httpResponse } from '../../src/testing/index.js';

describe('httpResponse', () => {
  it('is an empty answer, as far as the test does not say otherwise', () => {
    expect(httpResponse()).toEqual({
      status: 200,
      ok: true,
      method: 'GET',
      url: 'https://api.example.com/',
      headers: {},
      header: expect.any(Function),
      cookies: [],
      body: undefined,
      timing: { durationMs: 0, profile: undefined },
      charset: undefined,
      decodedBy: undefined,
    });
  });

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])('is ok by its status: %i', (status, ok) => {
    expect(httpResponse({ status }).ok).toBe(ok);
  });

  it('finds a header field whatever the case of its name', () => {
    const { header } = httpResponse({ headers: { 'X-Token': 'a' } });

    expect([header('x-token'), header('X-TOKEN'), header('x-other')]).toEqual(['a', 'a', undefined]);
  });

  it('has what it is given, typed', () => {
    const { body, api } = httpResponse({ body: { id: 1 }, api: 'uploadFile' });

    expect([body.id, api]).toEqual([1, 'uploadFile']);
  });
});
