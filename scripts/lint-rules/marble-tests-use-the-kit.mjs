import { dirname, relative, resolve, sep } from 'node:path';
import { isBuiltin } from 'node:module';

/**
 * The lint rule behind "our own marble tests use our kit and nothing else": what such a test needs beyond `rxjs`, `fast-check`
 * and the code under test comes through the kit's door, as it does for others. A fixture may stand in the folder of its
 * users (`marble-tests/network/`), not in one for all; what the option lists is shared with `tests/`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const marbleTestsUseTheKit = {
  meta: {
    type: 'problem',
    schema: [{ type: 'array', items: { type: 'string' } }],
    messages: {
      kit: "'{{specifier}}': virtual time, stand-ins and logs come from src/testing/index.js. What it lacks and an app's author would want, too, belongs into it.",
      door: "'{{specifier}}' is a part of the kit: take it from its door, src/testing/index.js.",
      fixture: "'{{specifier}}' is shared by several rooms: put it into the kit, or a fixture beside its only users.",
    },
  },
  create(context) {
    const [shared = []] = context.options;
    const roomOf = (path) => relative(resolve(context.cwd, 'marble-tests'), path).split(sep)[0];
    const src = resolve(context.cwd, 'src') + sep;
    const kit = resolve(context.cwd, 'src/testing');

    const problemOf = (specifier) => {
      if (!specifier.startsWith('.')) {
        return specifier === 'rxjs' || specifier === 'fast-check' || isBuiltin(specifier) ? undefined : 'kit';
      }
      const path = resolve(dirname(context.filename), specifier);
      if (path.startsWith(kit + sep)) return path === resolve(kit, 'index.js') ? undefined : 'door';
      if (path.startsWith(src) || shared.includes(relative(context.cwd, path).split(sep).join('/'))) return undefined;
      return roomOf(path) === roomOf(context.filename) ? undefined : 'fixture';
    };
    const check = ({ source }) => {
      const messageId = source && problemOf(source.value);
      if (messageId) context.report({ node: source, messageId, data: { specifier: source.value } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
