import { Redaction } from '../../src/inspect/redaction.js';
import { called, sent } from './told.js';

describe('a redaction', () => {
  const redaction = new Redaction(['Phone', 'x-device']);

  it('takes fields of its names out of headers', () => {
    const event = { ...sent(0), headers: { 'X-Device': 'a', Accept: 'b' } };

    expect(redaction.event(event)).toEqual({ ...event, headers: { 'X-Device': '***', Accept: 'b' } });
  });

  it('hands on what has none as it is', () => {
    const [event, without] = [called(0), sent(0)];

    expect(redaction.event(event)).toBe(event);
    expect(new Redaction([]).event(without)).toBe(without);
  });

  it.each([
    [
      { phone: '138', list: [{ PHONE: 1, password: { a: 1 }, name: 'a' }] },
      '{"phone":"***","list":[{"PHONE":"***","password":"***","name":"a"}]}',
    ],
    ['{"access_token":"a","ok":true}', '{"access_token":"***","ok":true}'],
    ['phone=138&name=a&token=b', 'phone=***&name=a&token=***'],
    ['a line of text', 'a line of text'],
    [[1, 2], '[1,2]'],
    [null, 'null'],
    ['', ''],
  ])('takes fields of its names, and those that speak of secrets, out of the body %j', (body, text) => {
    expect(redaction.body(body)).toEqual({ text, cut: 0 });
  });

  it('shows no bytes, and nothing that has no JSON', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;

    expect([new ArrayBuffer(1), new Uint8Array(1), undefined, cycle].map((body) => redaction.body(body))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('cuts what is long, and says by how much', () => {
    expect(redaction.body('a'.repeat(8_200))).toEqual({ text: 'a'.repeat(8_192), cut: 8 });
  });
});
