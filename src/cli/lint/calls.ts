import type { Node } from '@babel/types';
import type { DomainApi } from '../../platform/domain-lists.js';

/** What takes a URL, by the last name of what is called: `wx.request`, `Taro.uploadFile`, `http$`, `request` … */
const API_OF_CALL: { readonly [name: string]: DomainApi } = {
  request: 'request',
  http$: 'request',
  stream$: 'request',
  uploadFile: 'uploadFile',
  upload$: 'uploadFile',
  downloadFile: 'downloadFile',
  download$: 'downloadFile',
  connectSocket: 'socket',
  socket$: 'socket',
};

/** The URL that a call is given, and the list that it is compared with. */
export interface UrlArgument {
  readonly api: DomainApi;
  readonly url: Node;
}

/** Finds the URL in `wx.request({ url })`, `http$(url)`, `http$.get(url)` and their siblings. */
export function urlArgumentOf(node: Node): UrlArgument | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return undefined;
  const api = apiOf(node.callee);
  const [argument] = node.arguments;
  if (api === undefined || argument === undefined) return undefined;
  if (argument.type !== 'ObjectExpression') return { api, url: argument };

  for (const property of argument.properties) {
    if (property.type !== 'ObjectProperty' || property.computed) continue;
    const { key } = property;
    if (nameOf(key) === 'url' || (key.type === 'StringLiteral' && key.value === 'url')) {
      return { api, url: property.value };
    }
  }
  return undefined;
}

function apiOf(callee: Node): DomainApi | undefined {
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    return lookedUp(nameOf(callee));
  }
  // `wx.request`, and `http$.get`.
  return (
    lookedUp(nameOf(callee.property)) ??
    (/\$$/.test(nameOf(callee.object)) ? lookedUp(nameOf(callee.object)) : undefined)
  );
}

function lookedUp(name: string): DomainApi | undefined {
  return Object.prototype.hasOwnProperty.call(API_OF_CALL, name) ? API_OF_CALL[name] : undefined;
}

function nameOf(node: Node): string {
  return node.type === 'Identifier' ? node.name : '';
}
