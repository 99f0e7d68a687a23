import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readTypings, type WxTable } from './read-typings.js';

/**
 * Every member of `wx`, and what each gives back, by the platform's own typings (miniprogram-api-typings). The build
 * puts the table in the place of this reading, since whoever installs us need not have the typings.
 */
export const WX_TABLE: WxTable = readTypings(
  readFileSync(createRequire(__filename).resolve('miniprogram-api-typings/types/wx/lib.wx.api.d.ts'), 'utf8'),
);
