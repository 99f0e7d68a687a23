import { wantedTimeout, type TimedApi } from '../../src/platform/network-timeout.js';

describe('wantedTimeout', () => {
  it.each<TimedApi>(['request', 'connectSocket', 'uploadFile', 'downloadFile'])('[TIME-1] gives %s 60 s', (api) => {
    expect(wantedTimeout(api, undefined, {}, 60_000)).toBe(60_000);
  });

  it("[TIME-2] takes the API's own number of networkTimeout", () => {
    const networkTimeout = { request: 10_000, uploadFile: 20_000 };

    expect(wantedTimeout('request', undefined, networkTimeout, 60_000)).toBe(10_000);
    expect(wantedTimeout('uploadFile', undefined, networkTimeout, 60_000)).toBe(20_000);
    expect(wantedTimeout('downloadFile', undefined, networkTimeout, 60_000)).toBe(60_000);
  });

  it('[TIME-2] takes the number of the call before that of networkTimeout', () => {
    expect(wantedTimeout('request', 3_000, { request: 10_000 }, 60_000)).toBe(3_000);
  });

  it.each([
    ['the call', 90_000, {}],
    ['networkTimeout', undefined, { request: 90_000 }],
  ])('[TIME-1] tells what %s asks for above the longest', (_who, callMs, networkTimeout) => {
    expect(wantedTimeout('request', callMs, networkTimeout, 60_000)).toBe(90_000);
  });

  it.each([120_000, Infinity])('[TIME-1] stays at 60 s when %d are possible but nobody asks', (longestMs) => {
    expect(wantedTimeout('request', undefined, {}, longestMs)).toBe(60_000);
  });

  it('[TIME-1] is the longest where that is lower and nobody asks', () => {
    expect(wantedTimeout('request', undefined, {}, 30_000)).toBe(30_000);
    expect(wantedTimeout('request', undefined, {}, 30_000, 600_000)).toBe(30_000);
  });

  it('[TIME-1] is that of a long call where nobody asks', () => {
    expect(wantedTimeout('request', undefined, {}, Infinity, 600_000)).toBe(600_000);
    expect(wantedTimeout('request', undefined, { request: 5_000 }, Infinity, 600_000)).toBe(5_000);
  });
});
