/** Source as it is written by the thousand files: pages, the modules that they ask, and the wrappers beneath. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const WRAPPERS = 25;

/** A method of a page as it is written, of nine lines, that calls nothing. */
function method(index: number): string {
  return `
  async load${index}({ page = 1, size = 20 }: { page?: number; size?: number } = {}): Promise<void> {
    const { keyword, items } = this.data;
    const found = items.filter((item) => item.title.includes(keyword)).map((item) => ({ ...item, seen: true }));
    for (const [position, item] of found.entries()) {
      if (position > size) break;
      this.setData({ [\`items[\${position}].label\`]: item.title ?? \`\${page}-\${position}\` });
    }
  },`;
}

/** A page of some 230 lines, 8 kB. */
function page(imports: string, methods: string, onLoad: string): string {
  return `${imports}\nPage({\n  data: { keyword: '', items: [] },${methods}\n  onLoad() { ${onLoad} format(this) },\n});\n`;
}

function methods(count: number): string {
  return Array.from({ length: count }, (_, index) => method(index)).join('\n');
}

function project(
  files: number,
  pageAt: (index: number) => string,
  others: { readonly [file: string]: string },
): string {
  const folder = mkdtempSync(join(tmpdir(), 'rx-miniprogram-bench-lint-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('rx-miniprogram.config.json', JSON.stringify({ domains: { request: ['https://api1.example.com'] } }));
  for (const [file, text] of Object.entries(others)) write(file, text);
  for (let index = Object.keys(others).length; index < files; index++) {
    write(`pages/${index % 50}/page-${index}.ts`, pageAt(index));
  }
  return folder;
}

const FORMAT = `import { format } from '../../format';`;

/** Pages that call the platform themselves: each `every`th of them. */
export function plainProject(files: number, every: number): string {
  return project(
    files,
    (index) =>
      page(
        FORMAT,
        methods(22),
        index % every === 0 ? `wx.request({ url: 'https://api${index % 7}.example.com/items' });` : '',
      ),
    {},
  );
}

/** Pages that call 25 modules of an API, which call one `request`, whose base comes from a configuration. */
export function wrapperProject(files: number): string {
  const modules = Object.fromEntries(
    Array.from({ length: WRAPPERS }, (_, index) => [
      `api/area-${index}.ts`,
      `import { http } from '../core/http';
export const list${index} = (query = {}) => http.get('/area-${index}/list', query);
export function detail${index}(id) { return http.get(\`/area-${index}/\${id}\`, { id }); }
export const save${index} = (data, options = {}) => http.post('/area-${index}', data, { loading: true, ...options });
export default { list${index}, detail${index}, save${index} };
`,
    ]),
  );
  const all = Array.from({ length: WRAPPERS }, (_, index) => index);
  const imports = all.map((n) => `import area${n}, { list${n}, save${n} as send${n} } from '../../api/area-${n}';`);
  const calls = all.map(
    (n) => `
  async ask${n}(id) {
    const { data } = await list${n}({ page: this.data.page, id });
    const detail = await area${n}.detail${n}(data[0].id);
    await send${n}({ ...detail, seen: true }).then((answer) => this.setData({ answer }), (error) => this.fail(error));
  },`,
  );
  return project(files, () => page([FORMAT, ...imports].join('\n'), `${methods(3)}${calls.join('')}`, ''), {
    ...modules,
    'config/index.ts': `export const config = { base: 'https://api1.example.com', files: 'https://files.example.com' };\n`,
    'core/http.ts': `import { config } from '../config/index';
class Http {
  constructor(base) { this.base = base; }
  request(method, path, data, options = {}) {
    return new Promise((resolve, reject) => {
      wx.request({ url: this.base + path, method, data, header: options.header, success: resolve, fail: reject });
    });
  }
  get(path, data, options) { return this.request('GET', path, data, options); }
  post(path, data, options) { return this.request('POST', path, data, options); }
}
export const http = new Http(config.base);
`,
  });
}

/** Pages that call the last of 25 functions, each of which calls the one before. */
export function chainProject(files: number): string {
  const chain = Array.from({ length: WRAPPERS }, (_, index) =>
    index === 0
      ? `export function send0(options = {}) { return wx.request({ ...options, url: 'https://api1.example.com' + options.url }); }`
      : `export function send${index}(options = {}, extra) { return send${index - 1}({ ...options, timeout: ${index}, url: options.url }); }`,
  );
  const calls = Array.from(
    { length: WRAPPERS },
    (_, n) =>
      `\n  ask${n}() { return send${n}({ url: '/items/${n}', success: (answer) => this.setData({ answer }) }); },`,
  );
  const imports = `import { ${Array.from({ length: WRAPPERS }, (_, n) => `send${n}`).join(', ')} } from '../../core/send';`;
  return project(files, () => page(`${FORMAT}\n${imports}`, `${methods(3)}${calls.join('')}`, ''), {
    'core/send.ts': `${chain.join('\n')}\n`,
  });
}
