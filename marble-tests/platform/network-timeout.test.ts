import { effectiveTimeout, type TimedApi } from '../../src/platform/network-timeout.js';

describe('effectiveTimeout', () => {
  it.each<TimedApi>(['request', 'connectSocket', 'uploadFile', 'downloadFile'])('[TIME-1] gives %s 60 s', (api) => {
    expect(effectiveTimeout(api, undefined)).toEqual({ timeoutMs: 60_000 });
  });

  it("[TIME-2] takes the API's own number of networkTimeout", () => {
    const networkTimeout = { request: 10_000, uploadFile: 20_000 };

    expect(effectiveTimeout('request', undefined, networkTimeout)).toEqual({ timeoutMs: 10_000 });
    expect(effectiveTimeout('uploadFile', undefined, networkTimeout)).toEqual({ timeoutMs: 20_000 });
    expect(effectiveTimeout('downloadFile', undefined, networkTimeout)).toEqual({ timeoutMs: 60_000 });
  });

  it('[TIME-2] takes the number of the call before that of networkTimeout', () => {
    expect(effectiveTimeout('request', 3_000, { request: 10_000 })).toEqual({ timeoutMs: 3_000 });
  });

  it('[TIME-1] leaves exactly 60 s alone', () => {
    expect(effectiveTimeout('request', 60_000)).toEqual({ timeoutMs: 60_000 });
  });

  it.each([
    ['the call', 90_000, {}],
    ['networkTimeout', undefined, { request: 90_000 }],
  ])('[TIME-1] cuts what %s asks for above 60 s, and tells', (_who, callMs, networkTimeout) => {
    expect(effectiveTimeout('request', callMs, networkTimeout)).toEqual({ timeoutMs: 60_000, clampedFromMs: 90_000 });
  });

  it.each([120_000, Infinity])('[TIME-1] lets a newer platform have more, up to %d', (maxTimeoutMs) => {
    expect(effectiveTimeout('request', 90_000, {}, maxTimeoutMs)).toEqual({ timeoutMs: 90_000 });
  });

  it('[TIME-1] stays at 60 s when more is possible but nobody asks', () => {
    expect(effectiveTimeout('request', undefined, {}, 120_000)).toEqual({ timeoutMs: 60_000 });
  });

  it('[TIME-1] says nothing of a cut when the longest is lower and nobody asked', () => {
    expect(effectiveTimeout('request', undefined, {}, 30_000)).toEqual({ timeoutMs: 30_000 });
  });

  it.each([0, -1, NaN, Infinity, -Infinity])('[TIME-1] refuses %d', (ms) => {
    const error = new TypeError(`request: a timeout must be a positive number of milliseconds; got ${ms}`);

    expect(() => effectiveTimeout('request', ms)).toThrow(error);
    expect(() => effectiveTimeout('request', undefined, { request: ms })).toThrow(error);
  });

  it('[TIME-1] refuses a text, though it compares like a number', () => {
    expect(() => effectiveTimeout('request', '100' as never)).toThrow(
      new TypeError('request: a timeout must be a positive number of milliseconds; got 100'),
    );
    expect(() => effectiveTimeout('request', 1_000, {}, '100' as never)).toThrow(
      new TypeError('request: maxTimeoutMs must be a positive number of milliseconds; got 100'),
    );
  });

  it.each([0, -1, NaN])('[TIME-1] refuses %d for the longest', (ms) => {
    expect(() => effectiveTimeout('request', 1_000, {}, ms)).toThrow(
      new TypeError(`request: maxTimeoutMs must be a positive number of milliseconds; got ${ms}`),
    );
  });
});
