import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as rxjs from 'rxjs';
import { ENTRIES, ROOT, textOf, type Block } from './readme.js';

/** What the examples take for granted: an app has it. */
const GRANTED = `
import type { HttpRequest, Network, RequestQueue } from 'rx-miniprogram';
import type { NetworkRecord } from 'rx-miniprogram/inspect';
import type { Socket } from 'rx-miniprogram/sockets';

export interface User { readonly name: string }
export interface Item { readonly title: string }
export interface Entry { readonly text: string }
export interface Message { readonly type: string; readonly id?: number; readonly [field: string]: unknown }
export interface Price { readonly price: number }
export interface Session { readonly token: string }
export interface Draft { readonly text: string }

export declare const network: Network;
export declare const queue: RequestQueue;
export declare const records: readonly NetworkRecord[];
export declare const page: { data: { poem: string; answer: string }; setData(data: object): void; add(entry: Entry): void };
export declare const panel: typeof page;
export declare const user: { readonly id: string };
export declare const guest: User;
export declare const prices: Socket<Price, object>;
export declare const reportUrl: string;
export declare const feedUrl: string;
export declare const adUrl: string;
export declare const tapUrl: string;
export declare const meUrl: string;
export declare const presignedUrl: string;
export declare const baseUrl: string;
export declare const filePath: string;
export declare const question: string;
export declare const idempotencyKey: string;
export declare const text: string;
export declare const draft: object;
export declare const order: object;
export declare const beforeSend: (request: HttpRequest) => HttpRequest;
export declare const toast: (text: string) => void;
export declare const draw: (price: Price) => Promise<void>;
export declare const read: (frame: DataView) => void;
export declare const found: (address: string) => void;
export declare const show: (value: unknown) => void;
export declare const showCached: (error: unknown) => void;
export declare const showHeart: () => void;
export declare const showFull: (error: unknown) => void;
`;

/** What openapi-typescript would make of an app's own file. */
const API = `
import type { User } from './granted';

export interface paths {
  '/users/{id}': {
    get: { parameters: { path: { id: string } }; responses: { 200: { content: { 'application/json': User } } } };
  };
}
`;

/** What the names of their files begin with. */
const DOC = 'doc-';

/** Where examples for the desk stand, which need more than an app has. */
const DESK = /^(cli|desk|miniprogram|simulator|testing)\//;

/**
 * The examples of the doc blocks of the app side, each as a file that has the imports which the example leaves out; and what
 * they take for granted.
 */
export function docExamples(): Block[] {
  const origins = originsOfNames();
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !DESK.test(name));
  const examples = sources.flatMap((name) => {
    const blocks = textOf(`src/${name}`).matchAll(/@example\s*\n \*\s*```ts\n([^]*?) \* ```/g);
    return [...blocks].map(([, block = ''], index) => {
      const code = block.replace(/^ \* ?/gm, '');
      const own = new Set(declaredIn(code));
      const words = new Set(code.match(/(?<![.\w$'])[A-Za-z]\w*\$?/g));
      const imports = [...words]
        .filter((word) => origins.has(word) && !own.has(word))
        .map((word) => `import { ${word} } from '${origins.get(word)}';`);
      // A page's `this`.
      const isMethod = /\bthis\b/.test(code) && !code.includes('Page(');
      const body = isMethod ? `export function method(this: any) {${code}}` : `export {};${code}`;
      const file = `${DOC}${name.replace(/\W/g, '-')}-${index}`;
      return { file, code: `${imports.join(' ')} declare let token: any; ${body}`, runnable: false };
    });
  });
  return [
    { file: 'granted', code: GRANTED, runnable: false },
    { file: 'api', code: API, runnable: false },
    ...examples,
  ];
}

function declaredIn(code: string): string[] {
  return [...code.matchAll(/\b(?:const|let|var|function|class|interface|type) (\w+\$?)/g)].map(([, name = '']) => name);
}

/** From where an app imports a name: from us before rxjs, and from the packages that some examples are about. */
function originsOfNames(): Map<string, string> {
  const origins = new Map(Object.keys(rxjs).map((name) => [name, 'rxjs']));
  for (const [entry, file] of Object.entries(ENTRIES).reverse()) {
    const source = textOf(file);
    const listed = [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = '']) => list.split(','));
    const names = listed.map((name) => name.trim().replace(/^type |^.* as /g, ''));
    const declared = [...source.matchAll(/^export .*/gm)].flatMap(([line]) => declaredIn(line));
    for (const name of [...names, ...declared]) origins.set(name, entry);
  }
  for (const name of declaredIn(GRANTED)) origins.set(name, './granted');
  return origins.set('z', 'zod').set('Client', '@stomp/stompjs');
}

/** Whether a problem is that an example shows what to make, and does nothing with it. */
export function isOfUnused(problem: string): boolean {
  return problem.startsWith(DOC) && /is declared but (its value is )?never (read|used)/.test(problem);
}
