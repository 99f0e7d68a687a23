import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../package/support/cache.js';
import { wxTable } from '../../src/miniprogram/wx-typings.js';

const TYPINGS = join(ROOT, 'node_modules/miniprogram-api-typings/types/wx/lib.wx.api.d.ts');

describe('the table of wx', () => {
  it('has each member that TypeScript finds in the platform’s typings', () => {
    const file = ts.createSourceFile('wx.d.ts', readFileSync(TYPINGS, 'utf8'), ts.ScriptTarget.Latest);
    const names = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isInterfaceDeclaration(node) && node.name.text === 'Wx')
        for (const member of node.members) if (member.name && ts.isIdentifier(member.name)) names.add(member.name.text);
      ts.forEachChild(node, visit);
    };
    visit(file);

    expect(Object.keys(wxTable().members).sort()).toEqual([...names].sort());
    expect(names.size).toBeGreaterThan(400);
  });

  it.each([
    ['getSetting', '~#GetSettingSuccessCallbackResult'],
    ['showToast', '~#GeneralCallbackResult'],
    ['createInnerAudioContext', '(#InnerAudioContext'],
    ['checkIsPictureInPictureActive', '(b'],
    ['onAccelerometerChange', '(v'],
  ])('%s is %s', (name, shape) => {
    expect(wxTable().members[name]).toBe(shape);
  });
});
