import fc from 'fast-check';
import { ARRAY_STYLES, encodeQuery, withQuery, type ArrayStyle } from '../../src/platform/encode-query.js';
import { exactBytes } from '../../src/platform/exact-bytes.js';
import { formFields } from '../../src/platform/form-fields.js';
import { sentData } from '../../src/platform/request-body.js';
import type { HttpMethod } from '../../src/platform/wx.js';

const refuse = (what: string): never => {
  throw new Error(what);
};
const bytesOf = (buffer: ArrayBuffer | undefined) => buffer && [...new Uint8Array(buffer)];

describe('exactBytes', () => {
  const pool = new Uint8Array([9, 9, 8, 150, 1, 9, 9, 9]);

  it.each([
    ['a part of a pool', pool.subarray(2, 5), [8, 150, 1]],
    ['a Buffer', Buffer.from([8, 150, 1]), [8, 150, 1]],
    ['a DataView', new DataView(pool.buffer, 2, 3), [8, 150, 1]],
    ['16-bit units', new Uint16Array([0x0102, 0x0304]), [2, 1, 4, 3]],
    ['a view of nothing', new Uint8Array(0), []],
    ['a buffer', Uint8Array.of(8, 150, 1).buffer, [8, 150, 1]],
  ])('[K3.1] [K3.2] takes of %s the bytes that it means', (_what, value, bytes) => {
    expect(bytesOf(exactBytes(value))).toEqual(bytes);
  });

  it.each([[[1, 2]], ['text'], [{ byteLength: 3 }], [null], [7]])('is not for %j', (value) => {
    expect(exactBytes(value)).toBeUndefined();
  });
});

describe('encodeQuery', () => {
  it.each<[unknown, string]>([
    [{ page: 2, ok: true, q: '' }, 'page=2&ok=true&q='],
    [{ a: undefined, b: null, c: 0 }, 'c=0'],
    [{ 名: '张三 & 李四=#?+/' }, '%E5%90%8D=%E5%BC%A0%E4%B8%89%20%26%20%E6%9D%8E%E5%9B%9B%3D%23%3F%2B%2F'],
    [{ half: '\ud800', whole: '😀' }, 'half=%EF%BF%BD&whole=%F0%9F%98%80'],

    [Object.create(null), ''],
    [{}, ''],
  ])('[K3.5] writes %j as %s', (data, text) => {
    expect(encodeQuery(data as object, undefined, refuse)).toBe(text);
  });

  it.each<[ArrayStyle, string]>([
    ['repeat', 'ids=1&ids=a%2Cb&ids=%E4%B8%AD'],
    ['brackets', 'ids%5B%5D=1&ids%5B%5D=a%2Cb&ids%5B%5D=%E4%B8%AD'],
    ['comma', 'ids=1,a%2Cb,%E4%B8%AD'],
    ['json', 'ids=%5B1%2C%22a%2Cb%22%2C%22%E4%B8%AD%22%5D'],
  ])('[K3.5] writes a list in the style %s', (arrays, text) => {
    expect(encodeQuery({ ids: [1, 'a,b', '中'] }, arrays, refuse)).toBe(text);
  });

  it.each<[ArrayStyle, string]>([
    ['repeat', ''],
    ['brackets', ''],
    ['comma', ''],
    ['json', 'ids=%5B%5D'],
  ])('[K3.5] writes an empty list in the style %s', (arrays, text) => {
    expect(encodeQuery({ ids: [] }, arrays, refuse)).toBe(text);
  });

  it('[K3.5] refuses a list of which nobody says how it is written, with the four words', () => {
    expect(() => encodeQuery({ ids: [1, 2] }, undefined, refuse)).toThrow(
      'data.ids is an array; say how it is written with arrays: one of repeat, brackets, comma, json',
    );
  });

  it.each<[unknown, string]>([
    [{ f: { a: 1 } }, 'data.f must be a text, a number or a boolean; got Object; write a text, such as JSON'],
    [{ f: new Map() }, 'data.f must be a text, a number or a boolean; got Map; write a text, such as JSON'],
    [
      { at: new Date(0) },
      'data.at must be a text, a number or a boolean; got Date; write its toISOString() or getTime()',
    ],
    [{ n: NaN }, 'data.n must be a text, a number or a boolean; got NaN; write a text'],
    [{ n: () => 1 }, 'data.n must be a text, a number or a boolean; got function; write a text'],
    [{ n: 12345678901234567890n }, 'data.n must be a text, a number or a boolean; got bigint; write a text'],
    [{ n: Symbol('a') }, 'data.n must be a text, a number or a boolean; got symbol; write a text'],
    [{ ids: [1, null] }, 'data.ids[1] is null; write a text, or leave it out'],
    [{ ids: [[1]] }, 'data.ids[0] must be a text, a number or a boolean; got Array; write a text, such as JSON'],
  ])('[K3.5] refuses %p', (data, what) => {
    expect(() => encodeQuery(data as object, 'repeat', refuse)).toThrow(new Error(what));
  });

  it('[K3.5] is read back by a server as it was given', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(text, text), (data) => {
        const parsed = Object.fromEntries(new URLSearchParams(encodeQuery(data, undefined, refuse)));
        expect(parsed).toEqual({ ...data });
      }),
    );
    expect(ARRAY_STYLES).toHaveLength(4);
  });
});

describe('withQuery', () => {
  it.each([
    ['https://a.com/b', 'https://a.com/b?page=9'],
    ['https://a.com/b?', 'https://a.com/b?page=9'],
    ['https://a.com/b?x=1', 'https://a.com/b?x=1&page=9'],
    ['https://a.com/b?x=1&', 'https://a.com/b?x=1&page=9'],
    ['https://a.com/b?x=1&x=2&sign=YQ==', 'https://a.com/b?x=1&x=2&sign=YQ==&page=9'],
    ['https://a.com/b#top', 'https://a.com/b?page=9#top'],
    ['https://a.com/b?x=1#a?page=1', 'https://a.com/b?x=1&page=9#a?page=1'],
    ['https://a.com/b?page=1&x=%E4', 'https://a.com/b?x=%E4&page=9'],
    ['https://a.com/b?p%61ge=1&pages=2', 'https://a.com/b?pages=2&page=9'],
    ['https://a.com/b?u=https://c.com/?d', 'https://a.com/b?u=https://c.com/?d&page=9'],
  ])('[K3.5] puts the query into %s', (url, expected) => {
    expect(withQuery(url, 'page=9')).toBe(expected);
  });

  it('[K3.5] leaves a URL alone that gets none', () => {
    expect(withQuery('https://a.com/b?#c', '')).toBe('https://a.com/b?#c');
  });
});

describe('sentData', () => {
  const url = 'https://a.com/b?x=1#c';
  const sent = (method: HttpMethod, data: unknown, contentType?: string, arrays?: ArrayStyle) =>
    sentData(url, data, { method, contentType, arrays }, refuse);

  it.each<[HttpMethod]>([['GET'], ['HEAD']])('[K3.5] makes a query of the data of a %s', (method) => {
    expect(sent(method, { page: 2, ids: [1, 2] }, 'application/json', 'comma')).toEqual({
      url: 'https://a.com/b?x=1&page=2&ids=1,2#c',
      data: undefined,
    });
  });

  it.each<[HttpMethod]>([['POST'], ['PUT'], ['DELETE']])('leaves JSON of a %s to the platform', (method) => {
    expect(sent(method, { a: [1] })).toEqual({ url, data: { a: [1] } });
    expect(sent(method, [1, 2])).toEqual({ url, data: [1, 2] });
    expect(sent(method, '{"a":1}')).toEqual({ url, data: '{"a":1}' });
    expect(sent(method, undefined)).toEqual({ url, data: undefined });
  });

  it('[K3.5] writes a form as a query', () => {
    const form = 'Application/X-WWW-Form-Urlencoded; charset=utf-8';
    expect(sent('POST', { a: 1, o: undefined }, form)).toEqual({ url, data: 'a=1' });
    expect(sent('POST', 'a=1&b', form)).toEqual({ url, data: 'a=1&b' });
    expect(() => sent('POST', { a: [1] }, form)).toThrow('repeat, brackets, comma, json');
  });

  it('[K3.1] sends the bytes of a view', () => {
    const { data } = sent('POST', new Uint8Array([8, 150, 1]));
    expect(bytesOf(data as ArrayBuffer)).toEqual([8, 150, 1]);
  });

  it.each<[HttpMethod, unknown, string | undefined, string]>([
    ['GET', 'a=1', undefined, 'data of a GET is a query, and must be an object of names and values; got string'],
    [
      'HEAD',
      new ArrayBuffer(1),
      undefined,
      'data of a HEAD is a query, and must be an object of names and values; got ArrayBuffer',
    ],
    ['GET', [1], undefined, 'data of a GET is a query, and must be an object of names and values; got Array'],
    [
      'GET',
      new Map([['a', 1]]),
      undefined,
      'data of a GET is a query, and must be an object of names and values; got Map',
    ],
    ['POST', new Map(), undefined, 'data must be a text, bytes, a list or an object of names and values; got Map'],
    [
      'POST',
      new URLSearchParams(),
      undefined,
      'data must be a text, bytes, a list or an object of names and values; got URLSearchParams',
    ],
    [
      'POST',
      Promise.resolve(),
      undefined,
      'data must be a text, bytes, a list or an object of names and values; got Promise',
    ],
    ['POST', () => 1, undefined, 'data must be a text, bytes, a list or an object of names and values; got function'],
    ['POST', 7, undefined, 'data must be a text, bytes, a list or an object of names and values; got 7'],
    [
      'POST',
      [1],
      'application/x-www-form-urlencoded',
      'data must be a text, bytes or an object of names and values; got Array',
    ],
  ])('[K3] refuses for a %s %p', (method, data, contentType, what) => {
    expect(() => sent(method, data, contentType)).toThrow(new Error(what));
  });
});

describe('formFields', () => {
  it('[K3.3] makes text of everything that has one', () => {
    expect(formFields({ image: true, n: 1, t: 'x', u: undefined, z: null }, refuse)).toEqual({
      image: 'true',
      n: '1',
      t: 'x',
    });
  });

  it.each<[unknown, string]>([
    [{ o: { a: 1 } }, 'formData.o must be a text, a number or a boolean; got Object'],
    [{ ids: [1] }, 'formData.ids must be a text, a number or a boolean; got Array'],
    [new Map(), 'formData must be an object of names and values; got Map'],
    [[], 'formData must be an object of names and values; got Array'],
  ])('[K3.3] refuses %p', (formData, what) => {
    expect(() => formFields(formData, refuse)).toThrow(what);
  });
});
