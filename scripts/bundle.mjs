import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import { phoneFile } from './entries.mjs';
import { plainExports } from './plain-exports.cjs';

const SOURCE = { tsconfig: './tsconfig.build.json' };

/**
 * The Node entries, with third parties inside, over the files of the same name; what they share, in chunks beside them.
 * Their ES modules only point there: a test that imports and a tool that requires meet in one simulator, which is once on the disk.

 *
 * @param baked - By module, what its functions give back: it is written as it is, in the place of what computes it.
 */
export async function bundleForNode(entries, baked) {
  const { chunks, modules } = await bundle(
    {
      ...SOURCE,
      input: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
      platform: 'node',
      plugins: [withAnswers(baked)],
      // ES modules first: the `main` of jsonc-parser is UMD, whose `require` no bundler can follow.
      resolve: { mainFields: ['module', 'main'] },
      // The app's own, so that streams of ours are streams of its.
      external: /^rxjs($|\/)/,
      transform: {
        target: 'node20.18',
        // ws would look for native helpers, which nobody has installed.
        define: { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' },
      },
    },
    { dir: 'dist/cjs', format: 'cjs', exports: 'named', entryFileNames: '[name].js', chunkFileNames: 'node/[name].js' },
  );
  for (const { fileName, isEntry, exports } of chunks) {
    if (!isEntry) continue;
    const file = `dist/esm/${fileName}`;
    const target = `'${'../'.repeat(fileName.split('/').length)}cjs/${fileName}'`;
    const code = exports.length > 0 ? `export { ${exports.join(', ')} } from ${target};` : `import ${target};`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      `${entries.some((e) => `${e.name}.js` === fileName && e.command) ? '#!/usr/bin/env node\n' : ''}${code}\n`,
    );
  }
  return modules;
}

function withAnswers(baked) {
  const modules = Object.entries(baked).map(([name, answers]) => {
    const lines = Object.entries(answers).map(([key, value]) => {
      const json = JSON.stringify(JSON.stringify(value));
      return `let $${key};\nexport function ${key}() { return ($${key} ??= JSON.parse(${json})); }`;
    });
    return [join('src', ...name.split('/')) + '.ts', lines.join('\n')];
  });
  return {
    name: 'answers',
    load: (id) => {
      const [, code] = modules.find(([file]) => id.endsWith(file)) ?? [];
      return code === undefined ? null : { code, moduleType: 'js' };
    },
  };
}

/**
 * The charset entries over the files of the same name, in both formats: iconv-lite's tables are inside, since an app that
 * installs us has no iconv-lite.
 */
export async function bundleWithTables(entries) {
  const modules = [];
  for (const format of ['esm', 'cjs']) {
    const bundled = await bundle(
      {
        ...SOURCE,
        input: Object.fromEntries(entries.map(({ name, source }) => [name, source])),
        platform: 'neutral',
        transform: { target: 'es2018' },
        optimization: { inlineConst: false },
      },
      {
        dir: `dist/${format}`,
        format,
        exports: 'named',
        entryFileNames: '[name].js',
        chunkFileNames: 'charsets/_[name].js',
        codeSplitting: { groups: [{ name: 'shared', test: /./, minShareCount: 2 }] },
      },
    );
    modules.push(...bundled.modules);
  }
  return modules;
}

/** One file an entry, and what they share; CommonJS as the developer tools read it. rxjs is inside. */
export async function bundleForPhones(entries) {
  const { modules } = await bundle(
    {
      ...SOURCE,
      input: Object.fromEntries(entries.map((entry) => [phoneFile(entry), entry.source])),
      platform: 'neutral',
      resolve: { conditionNames: ['es2015', 'import', 'default'], mainFields: ['module', 'main'] },
      // async functions are ES2017, and the oldest iPhones of base library 2.14 have them. No document.all on a phone: what is
      // absent is `== null`, which is shorter.
      transform: { target: 'es2017', assumptions: { noDocumentAll: true } },
      // Tables would be copied to each place of use.
      optimization: { inlineConst: false },
    },
    {
      dir: 'miniprogram_dist',
      format: 'cjs',
      exports: 'named',
      entryFileNames: '[name].js',
      chunkFileNames: '_[name].js',
      plugins: [{ name: 'plain-exports', renderChunk: (code) => plainExports(code) }],
      // What any two entries share, in files with lasting names. rxjs.js has the rest of rxjs. The tables stand apart, and
      // only the charset entries lead to them.
      codeSplitting: {
        groups: [
          { name: 'rxjs', test: /[\\/]node_modules[\\/]rxjs[\\/]/, minShareCount: 2, priority: 3 },
          {
            name: 'core',
            // What syntax is lowered to, too.
            test: /@oxc-project|[\\/]src[\\/](?!charsets[\\/]|resilience[\\/]|network[\\/]sockets[\\/]|sources[\\/](?:connect-socket|socket-errors|send-receipts)|platform[\\/](?:close-code|socket-data|socket-signs|wss-ports|bearer|charset-labels))/,
            minShareCount: 2,
            priority: 2,
          },
          // What resilience.js and queries.js share.
          { name: 'resilience', test: /[\\/]src[\\/]resilience[\\/]/, minShareCount: 2, priority: 2 },
          // What sockets.js and websocket.js share, and an app without sockets does not load.
          {
            name: 'sockets',
            test: /[\\/]src[\\/](?!charsets[\\/]|platform[\\/]charset-labels)/,
            minShareCount: 2,
            priority: 1,
          },
          {
            name: 'gb18030',
            test: /[\\/]src[\\/]charsets[\\/]|[\\/]iconv-lite[\\/]|[\\/]charset-labels/,
            minShareCount: 2,
            priority: 1,
          },
        ],
      },
    },
  );
  return modules;
}

/** @returns what was written, and the files that went in */
async function bundle(input, output) {
  const build = await rolldown({
    ...input,
    // How long a plugin takes is no fault of what is built: beside other work it would end the build.
    checks: { pluginTimings: false },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  const { output: written } = await build.write({
    ...output,
    comments: { legal: true, annotation: true, jsdoc: false },
  });
  await build.close();
  const chunks = written.filter(({ type }) => type === 'chunk');
  return { chunks, modules: chunks.flatMap(({ moduleIds }) => moduleIds) };
}
