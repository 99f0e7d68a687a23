import { createRequire } from 'node:module';

const { plainExports } = createRequire(__filename)('../../scripts/plain-exports.cjs') as {
  plainExports(code: string): string;
};

/** As rolldown writes it. */
const getter = (name: string, value = name) =>
  `Object.defineProperty(exports, ${JSON.stringify(name)}, {\n\tenumerable: true,\n\tget: function() {\n\t\treturn ${value};\n\t}\n});`;

describe('plainExports', () => {
  it.each([
    ['a function', `function a() {}\n${getter('a')}`, 'function a() {}\nexports.a = a;'],
    ['a class, under another name', `class A {}\n${getter('B', 'A')}`, 'class A {}\nexports.B = A;'],
    ['what another chunk has', getter('a', 'require_core.a'), 'exports.a = require_core.a;'],
    ['a name that is no word', `const a = 1;\n${getter('a-b', 'a')}`, 'const a = 1;\nexports["a-b"] = a;'],
    [
      'several',
      `const a = 1, b = 2;\n${getter('a')}\n${getter('b')}\n`,
      'const a = 1, b = 2;\nexports.a = a;\nexports.b = b;\n',
    ],
  ])('writes an assignment for %s', (_, code, expected) => {
    expect(plainExports(code)).toBe(expected);
  });

  it.each([
    ['is assigned again', 'let a = 1;\nfunction later() { a = 2; }'],
    ['counts', 'let a = 1;\nfunction later() { a++; }'],
    ['is assigned in a pattern', 'let a = 1;\nfunction later() { ({ x: a } = { x: 2 }); }'],
    ['is assigned in a short pattern', 'let a = 1;\nfunction later() { [a] = [2]; }'],
    ['is assigned by a loop', 'let a = 1;\nfunction later() { for (a of []); }'],
  ])('leaves the getter of what %s', (_, before) => {
    const code = `${before}\n${getter('a')}\n`;

    expect(plainExports(code)).toBe(code);
  });

  it.each([
    ['a getter that does more', 'Object.defineProperty(exports, "a", { get: function() { count(); return a; } });'],
    ['a value', 'Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });'],
    ['another object', 'Object.defineProperty(other, "a", { get: function() { return a; } });'],
    [
      'what is not at the top',
      'function f() { Object.defineProperty(exports, "a", { get: function() { return a; } }); }',
    ],
  ])('leaves %s alone', (_, code) => {
    expect(plainExports(code)).toBe(code);
  });
});
