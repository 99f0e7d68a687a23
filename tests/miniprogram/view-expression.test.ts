import { attributeValue, UNKNOWN } from '../../src/miniprogram/view-expression.js';
import { scopesOf } from '../../src/miniprogram/view-scopes.js';
import { viewTagsOf } from '../../src/miniprogram/view-tags.js';

const DATA = { a: 1, b: { c: [10, 20], d: '' }, e: null, list: ['x', 'y'], word: 'hi', map: { k: 'v' } };

describe('what an attribute says', () => {
  it.each([
    ['plain', 'plain'],
    ['{{a}}', 1],
    [' {{ b.c[1] }} ', 20],
    ["{{b['d']}}", ''],
    ['{{e.f.g}}', undefined],
    ['{{nothing}}', undefined],
    ['{{!b.d}}', true],
    ['{{-a}}', -1],
    ['{{a + 2 * 3 - 4 / 2 % 3}}', 5],
    ["{{a == '1' && a !== '1'}}", true],
    ['{{a === 1 ? word : f(a)}}', 'hi'],
    ["{{a != 1 ? 'no' : a >= 1 ? 'yes' : 'no'}}", 'yes'],
    ['{{e || f(1)}}', UNKNOWN],
    ['{{a || f(1)}}', 1],
    ['{{(a < 2) && (a <= 1) && !(a > 1)}}', true],
    ['{{[a, word]}}', [1, 'hi']],
    ['{{true}}', true],
    ['item-{{a}}-{{b.c[0]}}', 'item-1-10'],
    ['{{e}}{{a}}', '1'],
    ['{{m.f(a, b)}}', UNKNOWN],
    [`{{ {a: 1, word, ...b, 'c': 2} }}`, { a: 1, word: 'hi', c: 2, d: '' }],
    ['{{ {[a]: 1} }}', UNKNOWN],
    ['{{a', UNKNOWN],
    ['{{}}', UNKNOWN],
    ['{{a b}}', UNKNOWN],
    ['{{(a}}', UNKNOWN],
    ['{{a ? 1}}', UNKNOWN],
    ['{{#}}', UNKNOWN],
    ['x{{a', UNKNOWN],
    [`{{${'('.repeat(100_000)}`, UNKNOWN],
  ])('%.40s', (written, value) => {
    expect(attributeValue(written, DATA)).toEqual(value);
  });
});

describe('how often a tag is there', () => {
  it.each([
    ['<c/>', 1],
    ['<c wx:for="{{list}}"/>', 2],
    ['<c wx:for-items="{{3}}"/>', 3],
    ['<c wx:for="{{word}}"/>', 2],
    ['<c wx:for="{{map}}" wx:if="{{item === \'v\' && index === \'k\'}}"/>', 1],
    ['<c wx:for="{{nothing}}"/>', 0],
    ['<c wx:for="{{1000000}}"/>', 20],
    ['<c wx:for="{{m.of(list)}}"/>', 1],
    ['<c wx:if="{{m.is(list)}}"/>', 1],
    ['<v wx:for="{{list}}"><w wx:for="{{list}}"><c></c></w></v>', 4],
    ['<v wx:if="{{a}}"/><c wx:else/>', 0],
    ['<v wx:if="{{e}}"/><c wx:elif="{{a}}"/>', 1],
    ['<v wx:if="{{e}}"/><v wx:elif="{{a}}"/><c wx:else/>', 0],
    ['<v wx:if="{{e}}"><c/></v>', 0],
    ['<v wx:if="{{e}}"><template name="t"><c/></template></v>', 1],
    ['<v wx:if="{{e}}"><input></v></x><c/>', 1],
    ['<!-- <c/> --><c/><!-- <c/>', 1],
  ])('%s', (wxml, times) => {
    expect(viewTagsOf(wxml, new Set(['c'])).flatMap((tag) => scopesOf(tag, DATA))).toHaveLength(times);
  });
});
