// CommonJS, for the tests, which jest loads so.
const { parse } = require('acorn');
const { simple } = require('acorn-walk');

/**
 * Writes `exports.x = x;` where rolldown has a getter a name: a tenth of the loaded bytes. A getter tells of a variable that is
 * assigned again; one that is stays as it is. It stands at the end of a chunk, where all that it names has its value.
 *
 * @param code - A chunk in CommonJS.
 */
function plainExports(code) {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'script' });
  const assigned = namesAssigned(program);
  let plain = '';
  let end = 0;
  for (const statement of program.body) {
    const found = exportOf(statement);
    if (!found || assigned.has(found.value)) continue;
    plain += `${code.slice(end, statement.start)}exports${memberOf(found.name)} = ${found.value};`;
    end = statement.end;
  }
  return plain + code.slice(end);
}

/** The name and the value of `Object.defineProperty(exports, "x", { enumerable: true, get: function() { return x; } })`. */
function exportOf({ expression: call }) {
  if (call?.type !== 'CallExpression' || call.arguments.length !== 3) return undefined;
  const [target, name, descriptor] = call.arguments;
  if (memberText(call.callee) !== 'Object.defineProperty' || target.name !== 'exports') return undefined;
  const getter = descriptor.properties?.find(({ key }) => key.name === 'get')?.value;
  const [returned, ...more] = getter?.body?.body ?? [];
  if (typeof name.value !== 'string' || returned?.type !== 'ReturnStatement' || more.length > 0) return undefined;
  const value = memberText(returned.argument);
  return value === undefined ? undefined : { name: name.value, value };
}

/** `a` or `a.b`, as text. */
function memberText(node) {
  if (node?.type === 'Identifier') return node.name;
  if (node?.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return undefined;
  return `${node.object.name}.${node.property.name}`;
}

function memberOf(name) {
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** Every name that is assigned anywhere, in whatever scope: one too many costs a getter, one too few a stale value. */
function namesAssigned(program) {
  const names = new Set();
  const add = (target) => {
    if (target.type === 'Identifier' || target.type === 'MemberExpression') names.add(memberText(target));
    // In a pattern.
    else
      simple(target, {
        Pattern: (part) => names.add(memberText(part)),
        VariablePattern: (part) => names.add(part.name),
      });
  };
  simple(program, {
    AssignmentExpression: ({ left }) => add(left),
    UpdateExpression: ({ argument }) => add(argument),
    ForInStatement: ({ left }) => add(left),
    ForOfStatement: ({ left }) => add(left),
  });
  return names;
}

module.exports = { plainExports };
