import fc from 'fast-check';
import { cookiesOf } from '../../src/platform/cookies.js';

describe('cookiesOf', () => {
  it('takes the cookies that the platform gives apart', () => {
    expect(cookiesOf(['a=1', 'b=2, c=3'], { 'Set-Cookie': 'd=4' })).toEqual(['a=1', 'b=2, c=3']);
  });

  it.each([[undefined], [[]]])('takes the header field when cookies is %j', (cookies) => {
    expect(cookiesOf(cookies, { 'set-cookie': 'a=1; Path=/' })).toEqual(['a=1; Path=/']);
  });

  it.each([[undefined], ['']])('finds none in %j', (setCookie) => {
    expect(cookiesOf(undefined, setCookie === undefined ? {} : { 'Set-Cookie': setCookie })).toEqual([]);
  });

  it.each([
    ['two cookies', 'a=1,b=2', ['a=1', 'b=2']],
    ['two cookies and a space', 'a=1; Path=/, b=2; HttpOnly', ['a=1; Path=/', 'b=2; HttpOnly']],
    [
      'a date with a comma',
      'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/,b=2; expires=Thu, 01-Jan-1970 00:00:00 GMT',
      ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/', 'b=2; expires=Thu, 01-Jan-1970 00:00:00 GMT'],
    ],
    [
      'a date at the end of the first',
      'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT,b=2',
      ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2'],
    ],
    ['a comma inside a value', 'a=x,y; Path=/, b=2', ['a=x,y; Path=/', 'b=2']],
    ['JSON inside a value', 'a={"x":1,"y":2}; Path=/, b=2', ['a={"x":1,"y":2}; Path=/', 'b=2']],
    ['an empty value', 'a=; Max-Age=0, b=', ['a=; Max-Age=0', 'b=']],
    ['an equals sign inside a value', 'a=eyJ4Ijo==, b=2', ['a=eyJ4Ijo==', 'b=2']],
  ])('parts %s', (_what, joined, cookies) => {
    expect(cookiesOf(undefined, { 'Set-Cookie': joined })).toEqual(cookies);
  });

  it('parts whatever was joined by a comma', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.!$'), minLength: 1, maxLength: 6 });
    const value = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.=/+%'), maxLength: 12 });
    const date = fc
      .date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })
      .map((d) => `; Expires=${d.toUTCString()}`);
    const attributes = fc.array(fc.oneof(date, fc.constantFrom('; Path=/', '; HttpOnly', '; SameSite=None')), {
      maxLength: 3,
    });
    const cookie = fc.tuple(name, value, attributes).map(([n, v, rest]) => `${n}=${v}${rest.join('')}`);

    fc.assert(
      fc.property(fc.array(cookie, { minLength: 1, maxLength: 4 }), fc.constantFrom(',', ', '), (cookies, comma) => {
        expect(cookiesOf(undefined, { 'Set-Cookie': cookies.join(comma) })).toEqual(cookies);
      }),
      { numRuns: 1_000 },
    );
  });
});
