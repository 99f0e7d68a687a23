import { cli, folderWith, type Files } from './support/cli.js';

const A = 'https://a.example.com';

/** The hosts whose calls no list allows, of an app that is one file. */
async function hostsOf(script: string, files: Files = {}): Promise<string[]> {
  const folder = folderWith({ 'rx-miniprogram.config.json': { domains: {} }, 'app.ts': script, ...files });
  const { output } = await cli(folder, ['lint', '--json']);
  const { findings } = JSON.parse(output) as { findings: { severity: string; add?: { entry: string } }[] };
  return findings.flatMap(({ severity, add }) => (severity === 'error' && add ? [add.entry] : []));
}

describe('lint works out an expression', () => {
  it.each([
    ['a template', 'wx.request({ url: `${base}/x` })'],
    ['a sum', "wx.request({ url: base + '/x' + id })"],
    ['concat', "wx.request({ url: base.concat('/x', '/y') })"],
    ['trim', "wx.request({ url: ('  ' + base + ' ').trim() })"],
    ['replace by text', "wx.request({ url: 'https://HOST/x'.replace('HOST', 'a.example.com') })"],
    ['replaceAll', "wx.request({ url: 'https://HOST/HOST'.replaceAll('HOST', 'a.example.com') })"],
    ['replace by an expression', "wx.request({ url: 'https://b.example.com/x'.replace(/b\\./, 'a.') })"],
    ['slice', "wx.request({ url: ('x' + base).slice(1) })"],
    ['substring', "wx.request({ url: ('x' + base).substring(1) })"],
    ['substr', `wx.request({ url: ('x' + base).substr(1, ${A.length}) })`],
    ['a default by ||', 'wx.request({ url: undefined || base })'],
    ['a default by ??', 'wx.request({ url: null ?? base })'],
    ['&&', 'wx.request({ url: true && base })'],
    ['a condition that is known', "wx.request({ url: 'a' === 'a' ? base : 'https://b.example.com' })"],
    ['a condition that is not', "wx.request({ url: 'a' !== 'a' ? 'https://b.example.com' : base })"],
    ['not', "wx.request({ url: !false ? base : 'https://b.example.com' })"],
    ['a sequence', 'wx.request({ url: (0, base) })'],
    ['an assignment', 'let url; wx.request({ url: (url = base) })'],
    [
      'a query of which it is not known whether it is the first',
      "let url = base; url += (url.indexOf('?') === -1 ? '?' : '&') + query; wx.request({ url })",
    ],
    ['an assignment of more', "let url = base; url += '/x'; wx.request({ url })"],
    ['a default of an assignment', 'let url; url ||= base; wx.request({ url })'],
    ['a member', "const c = { api: { base } }; wx.request({ url: c.api.base + '/x' })"],
    ['a member by a name', "const c = { base }; const k = 'base'; wx.request({ url: c[k] })"],
    ['a member that may be missing', 'const c = { base }; wx.request({ url: c?.base })'],
    ['a list', 'const all = [base]; wx.request({ url: all[0] })'],
    ['join', "wx.request({ url: [base, 'x'].join('/') })"],
    ['a destructured list', 'const [first] = [base]; wx.request({ url: first })'],
    ['a destructured default', 'const { url = base } = {}; wx.request({ url })'],
    ['a spread', 'const o = { url: base }; wx.request({ ...o })'],
    ['Object.assign', 'wx.request(Object.assign({}, { url: base }))'],
    ['a function', 'const make = (p) => base + p; wx.request({ url: make("/x") })'],
    ['a function with a body', 'function make(p) { const url = base + p; return url } wx.request({ url: make("/x") })'],
    ['an arrow in an object', 'const api = { url: (p) => base + p }; wx.request({ url: api.url("/x") })'],
    ['a method', 'const api = { base, url(p) { return this.base + p } }; wx.request({ url: api.url("/x") })'],
    ['a getter', 'const api = { get base() { return base } }; wx.request({ url: api.base })'],
    ['bind', 'const send = (m, url) => wx.request({ url }); const get = send.bind(null, "GET"); get(base)'],
    ['call', 'function send(url) { wx.request({ url }) } send.call(null, base)'],
    ['apply', 'function send(url) { wx.request({ url }) } send.apply(null, [base])'],
    ['apply with nothing', 'function send(url = base) { wx.request({ url }) } send.apply(null)'],
    [
      'arguments',
      'const send = (url) => wx.request({ url }); function log() { return send.apply(this, arguments) } log(base)',
    ],
    ['a function over a list', 'wx.request({ url: [base, "x"].map((part) => part.trim()).join("/") })'],
    ['what a list keeps', 'wx.request({ url: [base].filter(Boolean)[0] })'],
    ['what is pushed', 'const jobs = []; jobs.push({ url: base }); wx.request(jobs.shift())'],
    ['what an object holds', 'Object.values({ a: base }).forEach((url) => wx.request({ url }))'],
    ['a key that is worked out', 'const k = "a"; const c = { [k]: base }; wx.request({ url: c.a })'],
    [
      'Promise.resolve',
      'async function go() { const { url } = await Promise.resolve({ url: base }); wx.request({ url }) } go()',
    ],
    [
      'what is written before it is merged',
      'const go = (o) => { o.url = base + o.url; wx.request(Object.assign({}, o)) }; go({ url: "/x" })',
    ],
    ['entries', 'Object.entries({ a: base }).forEach(([key, url]) => wx.request({ url: url + "/" + key }))'],
    ['a saga', 'const get = (url) => wx.request({ url }); function* go() { yield call(get, base) } go()'],
    [
      'a property of a component',
      'Component({ properties: { at: { type: String, value: base } }, methods: { go() { wx.request({ url: this.properties.at }) } } })',
    ],
    ['a rest parameter', 'const send = (...all) => wx.request({ url: all[0] + all[1] }); send(base, "/x")'],
    [
      'the rest of the parameters',
      'const send = (m, ...all) => wx.request({ url: all.join("/") }); send(1, base, "x")',
    ],
    [
      'a rest that is passed on',
      'const get = (...all) => wx.request(...all); const go = (...all) => get(...all); go({ url: base })',
    ],
    ['a rest taken apart', 'const send = (m, ...[url]) => wx.request({ url }); send("GET", base)'],
    ['a rest that is walked through', 'const send = (...all) => all.forEach((url) => wx.request({ url })); send(base)'],
    [
      'a list that is spread in a call',
      'const send = (a, b) => wx.request({ url: a + b }); const all = [base, "/x"]; send(...all)',
    ],
    ['a list that is spread in a list', 'const all = ["", ...[base, "/x"]]; wx.request({ url: all[1] })'],
    ['a static member', 'class Api { static base = base } wx.request({ url: Api.base })'],
    [
      'a constructor',
      'class Api { constructor(b) { this.b = b } get(p) { wx.request({ url: this.b + p }) } } new Api(base).get("/")',
    ],
    ['String()', 'wx.request({ url: String(base) })'],
    ['encodeURI', 'wx.request({ url: encodeURI(base + "/x") })'],
    ['an awaited value', 'async function go() { wx.request({ url: await base }) } go()'],
    [
      'a promise of a wrapper',
      'const send = (o) => new Promise((r) => wx.request({ ...o, success: r })); send({ url: base })',
    ],
    ['an enum', "enum Host { A = 'https://a.example.com' } wx.request({ url: Host.A })"],
    ['a cast', 'wx.request({ url: base as string })'],
    ['what is not null', 'wx.request({ url: base! })'],
    ['satisfies', 'wx.request({ url: base satisfies string })'],
    ['Object.freeze', 'const c = Object.freeze({ base }); wx.request({ url: c.base })'],
    ['a nested default', 'function f({ url = base } = {}) { wx.request({ url }) } f()'],
    [
      'an inherited constructor',
      'class A { constructor(b) { this.b = b } } class B extends A { go() { wx.request({ url: this.b }) } } new B(base).go()',
    ],
    ['a private member', 'class A { #b = base; go() { wx.request({ url: this.#b }) } } new A().go()'],
    ['a static method', 'class A { static of(p) { return base + p } } wx.request({ url: A.of("/") })'],
    ['bind', 'const send = wx.request.bind(wx); send({ url: base })'],
    ['a destructured wx', 'const { request } = wx; request({ url: base })'],
    ['a renamed wx', 'const w = wx; w.request({ url: base })'],
    ['a map of paths', 'const urls = { x: "/x" }; wx.request({ url: base + urls.x })'],
    ['a switch', 'function host(e) { switch (e) { default: return base } } wx.request({ url: host("x") })'],
    ['an early return', 'function host(e) { if (e) return base; return base } wx.request({ url: host(1) })'],
  ])('%s', async (_what, call) => {
    expect(await hostsOf(`const base = '${A}'; const id = Math.random(); ${call}`)).toEqual([A]);
  });

  it.each([
    ['a slice that is not known', 'wx.request({ url: base.slice(n) })'],
    ['a name that is not known', 'const c = { base }; wx.request({ url: c[n] })'],
    ['a comparison that is not known', 'wx.request({ url: n > 1 })'],
    ['a pattern that may take long', 'wx.request({ url: base.replace(/(a+)+/, "") })'],
    ['a number', 'wx.request({ url: -n })'],
  ])('and does not guess %s', async (_what, call) => {
    const found = await hostsOf(`const base = '${A}'; const n = Math.random(); ${call}`);
    expect(found.filter((host) => host !== A)).toEqual([]);
  });

  it.each([
    ['export const', `export const base = '${A}'`, "import { base } from './c'"],
    ['export default', `export default '${A}'`, "import base from './c'"],
    ['an export by name', `const b = '${A}'; export { b as base }`, "import { base } from './c'"],
    ['an export as default', `const b = '${A}'; export { b as default }`, "import base from './c'"],
    ['a default object', `export default { base: '${A}' }`, "import c from './c'; const { base } = c"],
    ['all of a module', `export const base = '${A}'`, "import * as c from './c'; const base = c.base"],
    ['default and names', `export default 1; export const base = '${A}'`, "import one, { base } from './c'"],
    ['exports.x', `exports.base = '${A}'`, "const { base } = require('./c')"],
    ['module.exports.x', `module.exports.base = '${A}'`, "const base = require('./c').base"],
    ['module.exports', `module.exports = { base: '${A}' }`, "const { base } = require('./c')"],
    ['module.exports of one', `module.exports = '${A}'`, "const base = require('./c')"],
    [
      'an exported function',
      `export function host() { return '${A}' }`,
      "import { host } from './c'; const base = host()",
    ],
    ['an exported class', `export class C { base = '${A}' }`, "import { C } from './c'; const base = new C().base"],
    ['a destructured export', `export const { base } = { base: '${A}' }`, "import { base } from './c'"],
    ['a renamed import', `export const b = '${A}'`, "import { b as base } from './c'"],
  ])('of another file: %s', async (_what, other, line) => {
    expect(await hostsOf(`${line}; wx.request({ url: base + '/x' })`, { 'c.js': other })).toEqual([A]);
  });

  it.each([
    ['re-exported', `export { base } from './d'`, `export const base = '${A}'`, "import { base } from './c'"],
    [
      're-exported as another',
      `export { b as base } from './d'`,
      `export const b = '${A}'`,
      "import { base } from './c'",
    ],
    ['re-exported as default', `export { default } from './d'`, `export default '${A}'`, "import base from './c'"],
    [
      're-exported as one',
      `export * as d from './d'`,
      `export const base = '${A}'`,
      "import { d } from './c'; const base = d.base",
    ],
    [
      'passed on by require',
      `module.exports = require('./d')`,
      `exports.base = '${A}'`,
      "const { base } = require('./c')",
    ],
    ['spread', `module.exports = { ...require('./d') }`, `exports.base = '${A}'`, "const { base } = require('./c')"],
  ])('of a file behind another: %s', async (_what, between, last, line) => {
    expect(await hostsOf(`${line}; wx.request({ url: base + '/x' })`, { 'c.js': between, 'd.js': last })).toEqual([A]);
  });

  it.each([
    ['replace with what is not known', 'wx.request({ url: base.replace("a", n) })'],
    ['replace of what is not known', 'wx.request({ url: base.replace(n, "b") })'],
    ['replace without words', 'wx.request({ url: base.replace() })'],
    ['replace in a path with holes', 'wx.request({ url: (base + "/" + n).replace("zz", "y") })'],
    ['slice of a text with holes', 'wx.request({ url: (base + n).slice(1) })'],
    ['substring to what is not known', 'wx.request({ url: base.substring(0, n) })'],
    ['a pattern that is none', 'wx.request({ url: base.replace(new RegExp("("), "") })'],
    ['a method that there is not', 'wx.request({ url: base.frobnicate() })'],
    ['a call of nothing', 'wx.request({ url: missing(base) })'],
    ['itself', 'const u = u + base; wx.request({ url: u })'],
    ['an object that is spread in itself', 'let o = {}; o = { ...o, a: 1 }; wx.request({ url: o.url })'],
    [
      'an object that is merged with itself',
      'let o = {}; o = Object.assign({}, o, { a: 1 }); wx.request({ url: o.url })',
    ],
    [
      'a list that is spread in itself',
      'let l = []; l = [...l, base]; wx.request({ url: l[9] }); l.forEach((url) => wx.request({ url }))',
    ],
    ['a list that is pushed to itself', 'const l = []; l.push(...l, l); wx.request({ url: l.pop() })'],
    ['a member of itself', 'const o = {}; o.o = o; o.p = { ...o.p, ...o.o }; wx.request({ url: o.p.o.url })'],
    ['a function that calls itself', 'const f = (p) => f(p) + base; wx.request({ url: f("/") })'],
  ])('does not fall over %s', async (_what, call) => {
    const found = await hostsOf(`const base = '${A}'; const n = Math.random(); ${call}`);
    expect(found.filter((host) => host !== A)).toEqual([]);
  });

  it.each([
    ['a text that is replaced in many steps', 'text = text.replace(/&a;/g, "a");'],
    [
      'a text that two steps change in turn',
      'if (n) { text = other.trim() + base; } other = text.slice(n) || other.replace(n, text);',
    ],
    [
      'a list that is put together of itself',
      'text = [text, other, ...all].join(""); all = [...all, text, other]; other = text + other;',
    ],
  ])('[K7] has an end for %s', async (_what, step) => {
    const begun = process.cpuUsage().user;
    const steps = step.repeat(100);
    await hostsOf(
      `let base = '${A}', text = base, other = text, all = []; function go(n) { ${steps} wx.request({ url: text }) } go(1)`,
    );

    // Each step stands in a circle with all others: followed one by one they took minutes.
    expect((process.cpuUsage().user - begun) / 1_000).toBeLessThan(8_000);
  });
});
