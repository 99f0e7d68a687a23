import { formatRoute, parseRoute } from '../../src/miniprogram/route.js';

describe('a route', () => {
  it.each([
    ['pages/list/list?id=1&x=a=b', '', 'pages/list/list', { id: '1', x: 'a=b' }],
    ['/pages/list/list', 'pages/a/a', 'pages/list/list', {}],
    ['../detail/detail?name=%E5%BC%A0', 'pages/list/list', 'pages/detail/detail', { name: '%E5%BC%A0' }],
    ['./other', 'pages/list/list', 'pages/list/other', {}],
    ['pages/list/list?', '', 'pages/list/list', {}],
    ['pages/list/list?flag', '', 'pages/list/list', { flag: '' }],
  ])('%s from %j', (url, from, path, query) => {
    expect(parseRoute(url, from)).toEqual({ path, query });
  });

  it('is written as it is read', () => {
    expect(formatRoute(parseRoute('/pages/a/a?x=1&y='))).toBe('pages/a/a?x=1&y=');
  });
});
