import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/**
 * The entries of the package. `exports` and `bin` of package.json are the one list, and `dist/esm/x.js` is made of
 * `src/x.ts`. What runs on a phone is what tsconfig.json, the app side, includes; all else is for Node.js.
 */
export function entries() {
  const { exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
  const appSide = filesOfAppSide();
  const entry = (subpath, file) => {
    const name = /^\.\/dist\/esm\/(.+)\.js$/.exec(file)?.[1];
    if (name === undefined) throw new Error(`package.json: ${subpath} is ${file}; expected ./dist/esm/….js`);
    return { subpath, name, source: `src/${name}.ts`, phone: appSide.has(`src/${name}.ts`) };
  };
  return [
    ...Object.entries(exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath, target]) => ({ ...entry(subpath, target.import.default), command: false })),
    ...Object.entries(bin).map(([command, file]) => ({ ...entry(command, file), command: true })),
  ];
}

/** `.` is index.js, `./charsets/gb18030` is charsets/gb18030.js: where `require('rx-miniprogram/…')` looks on a phone. */
export const phoneFile = ({ subpath }) => (subpath === '.' ? 'index' : subpath.slice(2));

function filesOfAppSide() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'));
  return new Set(fileNames.map((file) => relative('.', file).split(sep).join('/')));
}
