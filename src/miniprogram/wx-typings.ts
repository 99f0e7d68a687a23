import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readTypings, type WxTable } from './read-typings.js';

// As an ES module it has no name; and then it runs from the repository.
const HERE = typeof __filename === 'string' ? __filename : join(process.cwd(), 'package.json');

let table: WxTable | undefined;

/**
 * Every member of `wx`, and what each gives back, by the platform's own typings (miniprogram-api-typings). The build
 * puts the table in the place of this reading, since whoever installs us need not have the typings. A function, since most
 * test files that load the kit never ask (decisions/0039).
 */
export function wxTable(): WxTable {
  return (table ??= readTypings(
    ['api', 'cloud']
      .map((part) => createRequire(HERE).resolve(`miniprogram-api-typings/types/wx/lib.wx.${part}.d.ts`))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n'),
  ));
}
