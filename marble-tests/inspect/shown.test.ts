import { NetworkError } from '../../src/index.js';
import { shownError, shownHeader, shownUrl } from '../../src/inspect/shown.js';

describe('what is shown', () => {
  it.each([
    ['https://a.example.com/x', 'https://a.example.com/x'],
    ['https://a.example.com/x?', 'https://a.example.com/x'],
    ['https://me:pw@a.example.com/x?a=1&b=&c#f', 'https://a.example.com/x?a=***&b=***&***'],
    ['https://a.example.com/x#a=1', 'https://a.example.com/x'],
    ['https://a.example.com/x?a=b=c?d', 'https://a.example.com/x?a=***'],
    ['https://a.example.com/x?&&a=1', 'https://a.example.com/x?&&a=***'],
    ['https://a.example.com/x?=1', 'https://a.example.com/x?***'],
    ['/x?a=1', '/x?a=***'],
  ])('of %s is %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  it('of a header is what does not speak of secrets, and of its addresses no query', () => {
    const header = {
      Accept: '*/*',
      authorization: 'Bearer a',
      'Set-Cookie': 'a=b',
      'X-Access-Token': 'a',
      sessionid: 'a',
      'X-Api-Key': 'a',
      'Idempotency-Key': 'a',
      Location: 'https://a.example.com/x?code=1',
      Age: 7,
    };

    expect(shownHeader(header)).toEqual({
      Accept: '*/*',
      authorization: '***',
      'Set-Cookie': '***',
      'X-Access-Token': '***',
      sessionid: '***',
      'X-Api-Key': '***',
      'Idempotency-Key': 'a',
      Location: 'https://a.example.com/x?***',
      Age: '7',
    });
    expect(shownHeader(undefined)).toEqual({});
  });

  it('of an error is what it says, and of one that is not ours the name', () => {
    const error = new NetworkError('no network', { code: 'offline', phase: 'attempt', errno: 5, cause: 'secret' });

    expect(shownError(error)).toEqual({ code: 'offline', phase: 'attempt', what: 'no network', errno: 5 });
    expect([new RangeError('secret'), undefined, 'secret'].map(shownError)).toEqual([
      { code: 'not-a-network-error', what: 'RangeError' },
      { code: 'not-a-network-error', what: 'undefined' },
      { code: 'not-a-network-error', what: 'string' },
    ]);
  });
});
