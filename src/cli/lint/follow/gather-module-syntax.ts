import type {
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  Node,
  TSExportAssignment,
} from '@babel/types';
import { addTo, type ModuleFacts } from './module-facts.js';
import { define } from './scope.js';

type ModuleSyntax =
  ExportAllDeclaration | ExportDefaultDeclaration | ExportNamedDeclaration | ImportDeclaration | TSExportAssignment;

/** Notes what a module takes from others, and what it gives. */
export function gatherModuleSyntax(node: ModuleSyntax, facts: ModuleFacts): void {
  const { scope } = facts;
  switch (node.type) {
    case 'ImportDeclaration':
      for (const specifier of node.specifiers) {
        const name =
          specifier.type === 'ImportSpecifier'
            ? nameOf(specifier.imported)
            : specifier.type === 'ImportDefaultSpecifier'
              ? 'default'
              : '*';
        define(scope, specifier.local.name, { kind: 'import', path: [], source: node.source.value, name });
      }
      break;
    case 'ExportAllDeclaration':
      facts.stars.push(node.source.value);
      break;
    case 'ExportDefaultDeclaration':
      addTo(facts.exports, 'default', { kind: 'value', path: [], spot: { node: node.declaration, scope } });
      break;
    case 'TSExportAssignment':
      facts.commonjs.push({ node: node.expression, scope });
      break;
    case 'ExportNamedDeclaration':
      for (const specifier of node.specifiers) {
        const exported = nameOf(specifier.exported);
        if (node.source) {
          const name = specifier.type === 'ExportSpecifier' ? nameOf(specifier.local) : '*';
          addTo(facts.exports, exported, { kind: 'import', path: [], source: node.source.value, name });
        } else if (specifier.type === 'ExportSpecifier') {
          addTo(facts.exports, exported, { kind: 'value', path: [], spot: { node: specifier.local, scope } });
        }
      }
      for (const id of namesOf(node.declaration)) {
        addTo(facts.exports, id.name, { kind: 'value', path: [], spot: { node: id, scope } });
      }
      break;
  }
}

function nameOf(node: Node): string {
  return node.type === 'StringLiteral' ? node.value : node.type === 'Identifier' ? node.name : '';
}

/** The names that a declaration makes. */
function namesOf(declaration: Node | null | undefined): Extract<Node, { type: 'Identifier' }>[] {
  if (!declaration) return [];
  const found: Extract<Node, { type: 'Identifier' }>[] = [];
  const waiting: (Node | null | undefined)[] =
    declaration.type === 'VariableDeclaration'
      ? declaration.declarations.map(({ id }) => id)
      : 'id' in declaration
        ? [declaration.id]
        : [];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node?.type === 'Identifier') found.push(node);
    if (node?.type === 'AssignmentPattern') waiting.push(node.left);
    if (node?.type === 'RestElement') waiting.push(node.argument);
    if (node?.type === 'ArrayPattern') waiting.push(...node.elements);
    if (node?.type === 'ObjectPattern') {
      for (const property of node.properties) {
        waiting.push(property.type === 'RestElement' ? property.argument : property.value);
      }
    }
  }
  return found;
}
