import { lastValueFrom } from 'rxjs';
import { mapResponse, request$ } from '../../src/index.js';
import { diagnosisOf, profileOf } from '../../src/platform/request-profile.js';

const url = 'https://api.example.com/a';
const answer = { data: '', statusCode: 200, header: {}, errMsg: 'request:ok' };
const exception = { retryCount: 1, reasons: [{ errMsg: 'net::ERR_TIMED_OUT', errno: '5' }] };

describe('profileOf', () => {
  it('passes on what the platform measured', () => {
    const profile = { rtt: 12, port: 443, usingHighPerformanceMode: false };

    expect(profileOf(profile)).toBe(profile);
    expect(profileOf(undefined)).toBeUndefined();
  });

  it('[F1] tells nothing of the ten fields that are defaults in high-performance mode', () => {
    const profile = { rtt: 0, port: 0, peerIP: '', redirectStart: 0, fetchStart: 5, usingHighPerformanceMode: true };

    const { rtt, port, peerIP, redirectStart, fetchStart } = profileOf(profile)!;

    expect([rtt, port, peerIP, redirectStart]).toEqual([undefined, undefined, undefined, undefined]);
    expect(fetchStart).toBe(5);
  });
});

describe('exception and usedHttpDns', () => {
  it('[F6] stand on an answer where the platform tells them, and only there', async () => {
    const told = {
      request: (option: { success?: (result: never) => void }) =>
        option.success?.({ ...answer, exception, useHttpDNS: false } as never),
    };
    const silent = {
      request: (option: { success?: (result: never) => void }) => option.success?.(answer as never),
    };

    const response = await lastValueFrom(request$({ url }, { wx: told as never }).pipe(mapResponse()));

    expect(response).toMatchObject({ exception, usedHttpDns: false });
    expect(await lastValueFrom(request$({ url }, { wx: silent as never }).pipe(mapResponse()))).not.toHaveProperty(
      'exception',
    );
  });

  it('[F6] stand on an error', () => {
    const errors: unknown[] = [];
    const wx = {
      request: (option: { fail?: (failure: never) => void }) =>
        option.fail?.({ errMsg: 'request:fail', exception, useHttpDNS: true } as never),
    };

    request$({ url }, { wx: wx as never }).subscribe({ error: (error) => errors.push(error) });

    expect(errors).toMatchObject([{ name: 'NetworkError', exception, usedHttpDns: true }]);
    expect(diagnosisOf({})).toEqual({});
  });
});
