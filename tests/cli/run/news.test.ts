import { createNews } from '../../../src/cli/run/news.js';

describe('what is new of an app', () => {
  it('is not the sixth time that it asks the same, and not what becomes of that', () => {
    const isNews = createNews();
    const told = (id: number) => [
      isNews({ type: 'request', id, api: 'request', method: 'GET', url: `https://a.example.com/poll?t=${id}` }),
      isNews({ type: 'answered', id }),
    ];
    expect([1, 2, 3, 4, 5, 6, 7].map(told)).toEqual([
      ...Array.from({ length: 5 }, () => [true, true]),
      [false, false],
      [false, false],
    ]);
    expect(told(8)).toEqual([false, false]);
    expect(isNews({ type: 'request', id: 9, api: 'request', method: 'GET', url: 'https://a.example.com/other' })).toBe(
      true,
    );
    expect(isNews({ type: 'destroyed' })).toBe(true);
    expect(isNews({ type: 'storage-called', api: 'getStorageSync' })).toBe(false);
  });
});
