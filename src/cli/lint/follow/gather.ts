import type { Node } from '@babel/types';
import { childNodes } from './child-nodes.js';
import { developmentBranches, isDevelopmentName } from './development.js';
import { isOfTexts } from './field-names.js';
import { isFunction } from './function-node.js';
import { gatherAssignment, gatherPush, type Assignment, settleAssignments } from './gather-assignments.js';
import {
  blockScope,
  forgetStatements,
  gatherClass,
  gatherFunction,
  gatherObject,
  gatherVariables,
} from './gather-definitions.js';
import { gatherModuleSyntax } from './gather-module-syntax.js';
import { addTo, emptyFacts, type CallSite, type ModuleFacts, type SourceFile } from './module-facts.js';
import { keyOf } from './patterns.js';
import { define } from './scope.js';
import { ofChildren, withoutHolder, type WalkContext } from './walk-context.js';

const SERVER = /(?:https?|wss?):(?:\/\/|\\)/i;

/** Walks through a file once, in a loop over a stack of its own: generated code can be deeper than the real one. */
export function gather(root: Node, source: SourceFile): ModuleFacts {
  const facts = emptyFacts(source, root);
  const walk = new Walk(facts);
  walk.run(root);
  settleAssignments(walk.assignments, facts);
  if (root.type === 'Program') root.body = [];
  return facts;
}

class Walk {
  readonly assignments: Assignment[] = [];
  readonly #facts: ModuleFacts;
  readonly #nodes: Node[] = [];
  readonly #context: WalkContext[] = [];

  constructor(facts: ModuleFacts) {
    this.#facts = facts;
  }

  run(root: Node): void {
    const { scope } = this.#facts;
    this.#push(root, { scope, development: false, hint: '', function: undefined, holder: undefined });
    for (let node = this.#nodes.pop(); node; node = this.#nodes.pop()) {
      const context = this.#context.pop();
      if (context) this.#look(node, context);
    }
  }

  #push(node: Node, context: WalkContext): void {
    this.#nodes.push(node);
    this.#context.push(context);
  }

  #pushAll(nodes: readonly Node[], context: WalkContext): void {
    // The last first, so that they are met in the order of the source.
    for (let index = nodes.length - 1; index >= 0; index--) this.#push(nodes[index] as Node, context);
  }

  #look(node: Node, context: WalkContext): void {
    const facts = this.#facts;
    const { scope, development } = context;
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        gatherModuleSyntax(node, facts);
        return;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
      case 'TSExportAssignment':
        gatherModuleSyntax(node, facts);
        break;

      case 'VariableDeclaration':
        // `declare const HOST` says that a bundler puts it in.
        if (node.declare === true) return;
        gatherVariables(node, scope, development);
        break;

      case 'FunctionDeclaration':
      case 'ClassDeclaration':
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        if (node.id?.type === 'Identifier') {
          define(scope, node.id.name, { kind: 'value', path: [], spot: { node, scope } });
        }
        break;

      case 'ObjectExpression':
        gatherObject(node, scope, facts);
        this.#pushAll(childNodes(node), { ...context, holder: { node, scope } });
        return;

      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        if (!isCallOfText(node)) facts.calls.push({ node, scope });
        gatherPush({ node, scope, development }, facts, this.assignments);
        break;

      case 'AssignmentExpression': {
        gatherAssignment({ node, scope, development }, facts, this.assignments);
        const { left } = node;
        const hint =
          left.type === 'Identifier'
            ? left.name
            : left.type === 'MemberExpression'
              ? (keyOf(left.property, left.computed) ?? '')
              : context.hint;
        this.#pushAll(childNodes(node), { ...context, hint, holder: undefined });
        return;
      }

      case 'ReturnStatement':
        if (context.function && node.argument) {
          addTo(facts.returns, context.function, { node: node.argument, scope });
        }
        break;

      case 'StringLiteral':
        if (SERVER.test(node.value)) facts.mentions.push({ node, scope, hint: context.hint });
        return;

      case 'TemplateLiteral':
        if (node.quasis.some(({ value }) => SERVER.test(value.cooked ?? ''))) {
          facts.mentions.push({ node, scope, hint: context.hint });
        }
        break;

      case 'BlockStatement':
      case 'StaticBlock':
      case 'SwitchStatement':
      case 'CatchClause':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#pushAll(childNodes(node), { ...context, scope: blockScope(node, scope), holder: undefined });
        return;

      case 'IfStatement':
      case 'ConditionalExpression': {
        const { test, consequent, alternate } = node;
        const condition = facts.source.script.slice(test.start ?? 0, test.end ?? 0);
        const { then, otherwise } = developmentBranches(condition);
        const inner = withoutHolder(context);
        if (alternate) this.#push(alternate, { ...inner, development: development || otherwise });
        this.#push(consequent, { ...inner, development: development || then });
        this.#push(test, inner);
        return;
      }
      case 'SwitchCase': {
        const only = node.test?.type === 'StringLiteral' && isDevelopmentName(node.test.value);
        this.#pushAll(childNodes(node), { ...context, development: development || only, holder: undefined });
        return;
      }

      default:
    }
    this.#lookWithin(node, context);
  }

  #lookWithin(node: Node, context: WalkContext): void {
    const { scope } = context;
    if (isFunction(node)) {
      const own = gatherFunction(node, scope, context.holder, this.#facts);
      const inside = { scope: own, development: false, hint: context.hint, function: node, holder: undefined };
      this.#pushAll(childNodes(node), inside);
      forgetStatements(node);
    } else if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
      const own = gatherClass(node, scope, this.#facts);
      this.#pushAll(childNodes(node), { ...context, scope: own, holder: { node, scope } });
    } else {
      this.#pushAll(childNodes(node), ofChildren(node, context));
    }
  }
}

/** `text.split(…)`: nobody's function is called, and nothing is sent. */
function isCallOfText({ callee }: CallSite['node']): boolean {
  return callee.type === 'MemberExpression' && !callee.computed && isOfTexts(keyOf(callee.property, false) ?? '');
}
