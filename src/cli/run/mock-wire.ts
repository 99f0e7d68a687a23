import { resolve } from 'node:path';
import { EMPTY } from 'rxjs';
import { readFileSync } from 'node:fs';
import { scriptWire, type PlainAnswer, type Script } from '../../simulator/wires/script.js';
import type { ScriptedSocket } from '../../simulator/wires/script-socket.js';
import type { Wire } from '../../simulator/wires/wire.js';
import { UsageError } from '../usage-error.js';
import { jsonIn } from './read-steps.js';

/** An answer, in the words of the test kit: `json`, `text`, `status`, `headers`. */
interface MockAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly text?: string;
  /** A file with the body, beside this one. */
  readonly file?: string;
  readonly afterMs?: number;
}

const ADDRESS = /^(?:[A-Z]+ https?:\/\/|wss?:\/\/)[^/?#]+/;

/**
 * Makes a wire that answers for the addresses in a file, and leaves all others to another wire.
 *
 * ```json
 * { "GET https://api.example.com/items": { "json": [{ "id": 1 }] },
 *   "POST https://api.example.com/items": { "status": 201, "json": {}, "afterMs": 300 },
 *   "wss://api.example.com/live": {} }
 * ```
 */
export function mockWire(file: string, folder: string, others: Wire): Wire {
  const value = jsonIn('--mock', file, folder);
  const routes = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, MockAnswer>>) : {};
  const script: Record<string, Script[string]> = {};
  const sockets: Record<string, ScriptedSocket> = {};
  for (const [route, answer] of Object.entries(routes)) {
    if (!ADDRESS.test(route) || typeof answer !== 'object') {
      throw new UsageError({
        en: `--mock: expected 'GET https://api.example.com/items': { "json": … }; got '${route}' in ${file}`,
        zh: `--mock：应为 'GET https://api.example.com/items': { "json": … }，${file} 中是 '${route}'`,
      });
    }
    if (/^wss?:/.test(route)) sockets[route] = { says$: () => EMPTY };
    else script[route] = answerOf(answer, folder);
  }
  const scripted = scriptWire(script, { sockets });
  const knows = (routesOf: object, key: string) => key in routesOf || key.replace(/[?#].*/s, '') in routesOf;
  const hop: Wire = (request) =>
    knows(script, `${request.method} ${request.url}`) ? scripted(request) : others(request);
  return Object.assign(hop, {
    tcp: others.tcp,
    udp: others.udp,
    socket: ((request, input$) => {
      const wire = knows(sockets, request.url) ? scripted.socket : others.socket;
      return wire ? wire(request, input$) : EMPTY;
    }) satisfies NonNullable<Wire['socket']>,
  });
}

function answerOf(
  { status = 200, headers = {}, json, text, file, afterMs = 0 }: MockAnswer,
  folder: string,
): PlainAnswer {
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const type = json === undefined ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const body =
    json !== undefined ? JSON.stringify(json) : file !== undefined ? readFileSync(resolve(folder, file)) : (text ?? '');
  return { statusCode: status, header: isNamed ? headers : { 'Content-Type': type, ...headers }, body, afterMs };
}
