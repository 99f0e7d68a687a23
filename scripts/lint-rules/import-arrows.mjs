import { dirname, relative, resolve, sep } from 'node:path';
import { isBuiltin } from 'node:module';

/**
 * The lint rule behind "arrows run one way": a file in `src/` imports only from the rooms that its own room points to.
 * It resolves what is written, so that the depth of a folder does not matter, and it knows every way to import:
 * `import`, `export … from`, `import()`, `import('…').Type` and `import x = require()`.
 *
 * The option is the table: room → what it may import. An entry is a room, `'type room'` (only `import type`), `'rxjs'`,
 * `'rxjs/*'`, `'node:'` or `'packages'`. A file in a room without a row is an error: a new room must choose its arrows.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const importArrows = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } }],
    messages: {
      forbidden: "src/{{room}} imports {{allowed}}; '{{specifier}}' is {{target}}. {{remedy}}",
      typeOnly:
        "src/{{room}} may know the types of src/{{target}}, not its code: write `import type … from '{{specifier}}'`.",
      unknownRoom: 'src/{{room}} has no row in the table of arrows: say in eslint.config.js what it may import.',
    },
  },
  create(context) {
    const src = resolve(context.cwd, 'src');
    const [arrows] = context.options;
    const room = roomOf(src, context.filename);
    const allowed = arrows[room];

    if (allowed === undefined) {
      return { Program: (node) => context.report({ node, messageId: 'unknownRoom', data: { room } }) };
    }

    const check = (source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const specifier = source.value;
      const target = targetOf(src, context.filename, specifier);
      if (target === room || allowed.includes(target)) return;
      if (allowed.includes(`type ${target}`)) {
        if (!typeOnly) context.report({ node: source, messageId: 'typeOnly', data: { room, specifier, target } });
        return;
      }
      const data = {
        room,
        specifier,
        target: NAMES[target] ?? `in src/${target}`,
        remedy: REMEDIES[target] ?? REMEDIES.room,
      };
      context.report({ node: source, messageId: 'forbidden', data: { ...data, allowed: listed(allowed) } });
    };

    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source, true),
      TSExternalModuleReference: (node) => check(node.expression, false),
    };
  },
};

const NAMES = {
  rxjs: 'what streams are made of',
  'rxjs/*': 'a sub-path of rxjs',
  'node:': 'a module of Node.js',
  packages: 'a package',
  outside: 'outside src/',
};

const REMEDIES = {
  rxjs: 'Keep the rule pure here and put the stream into src/sources or src/operators.',
  'rxjs/*': "Import it from 'rxjs'.",
  'node:': 'A phone has no Node.js: this belongs to src/simulator, src/testing or src/cli.',
  packages:
    'The app side is self-contained: write the few lines, or move this to src/simulator, src/testing or src/cli.',
  outside: 'What ships lives in src/ and names its files directly.',
  room: 'Move what both need down to src/platform, or take it as a parameter.',
};

/** `src/a/b.ts` is in room `a`; a file directly in `src/` is a room of its own. */
function roomOf(src, file) {
  return relative(src, file).split(sep)[0].replace(/\.ts$/, '');
}

function targetOf(src, file, specifier) {
  if (specifier.startsWith('.')) {
    const path = resolve(dirname(file), specifier).replace(/\.js$/, '.ts');
    return path.startsWith(src + sep) ? roomOf(src, path) : 'outside';
  }
  if (isBuiltin(specifier)) return 'node:';
  if (specifier === 'rxjs') return 'rxjs';
  if (specifier.startsWith('rxjs/')) return 'rxjs/*';
  // Our own door, by name: as far around the arrows as '../index.js'.
  return /^rx-miniprogram(\/|$)/.test(specifier) ? 'index' : 'packages';
}

function listed(allowed) {
  if (allowed.length === 0) return 'nothing';
  return `only ${allowed.map((entry) => entry.replace(/^type (.*)/, 'types of $1')).join(', ')}`;
}
