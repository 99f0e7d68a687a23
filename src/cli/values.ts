import { resolve } from 'node:path';
import { charsetOfLabel } from '../platform/charset.js';
import { STANDARD_LABELS } from '../platform/charset-labels.js';
import { readText } from './config/read-text.js';
import { isPort, lookupOf, type Lookup } from '../simulator/wires/lookup.js';
import { UsageError } from './usage-error.js';

/** The one URL, as it was written: a parser would change what the rules compare. */
export function oneUrl(positionals: readonly string[]): string {
  const [text, ...tooMany] = positionals;
  if (text === undefined || tooMany.length > 0) {
    throw usage(
      `expected one URL; got ${positionals.length} arguments: ${positionals.join(' ')}`,
      `应给出一个 URL，实际有 ${positionals.length} 个参数：${positionals.join(' ')}`,
    );
  }
  return urlOf(text);
}

/** A URL, as it was written. */
export function urlOf(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) {
    throw usage(
      `expected a URL such as https://api.example.com/items; got '${text}'`,
      `应为 URL，例如 https://api.example.com/items，实际是 '${text}'`,
    );
  }
  return text;
}

/** Header fields by name. */
export function headerOf(fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((field) => {
      const [, name, value] = /^([!#$%&'*+.^`|~\w-]+)\s*:([^\r\n]*)$/.exec(field) ?? [];
      if (name === undefined || value === undefined) {
        throw usage(
          `--header: expected 'name: value'; got '${field}'`,
          `--header：应为 'name: value'，实际是 '${field}'`,
        );
      }
      return [name, value.trimStart()] as const;
    }),
  );
}

/** A label that is known, or `auto`. */
export function charsetOf(label: string | undefined): string | undefined {
  if (label === undefined || label === 'auto' || charsetOfLabel(label, [STANDARD_LABELS]) !== undefined) return label;
  throw usage(
    `--charset: expected 'auto' or a label such as gbk, big5 or utf-8; got '${label}'`,
    `--charset：应为 'auto' 或 gbk、big5、utf-8 等，实际是 '${label}'`,
  );
}

/** A whole number of milliseconds. */
export function millisecondsOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw usage(
      `${option}: expected a whole number of milliseconds from 1, such as 5000; got '${text}'`,
      `${option}：应为从 1 起的整数（毫秒），例如 5000，实际是 '${text}'`,
    );
  }
  return Number(text);
}

/** The authorities in a PEM file. */
export function authorityIn(file: string | undefined, folder: string): string | undefined {
  if (file === undefined) return undefined;
  const pem = contentOf(file, folder);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw usage(
      `--ca: expected a PEM file, with -----BEGIN CERTIFICATE----- in it; got '${file}'`,
      `--ca：应为包含 -----BEGIN CERTIFICATE----- 的 PEM 文件，实际是 '${file}'`,
    );
  }
  return pem;
}

/** Where hosts really are, whatever their port: `host=address[:port]`; what `--resolve` says of one port comes first. */
export function placesOf(
  maps: readonly string[] | undefined,
  resolves: readonly string[] | undefined,
): Lookup | undefined {
  const resolve = resolvesOf(resolves);
  if (!maps) return resolve;
  const entries = maps.map((entry) => {
    const [, host, place] = /^([^=\s/]+)=(\[[^\]]+\](?::\d{1,5})?|[^:[\]\s]+(?::\d{1,5})?)$/.exec(entry) ?? [];
    if (host !== undefined && place !== undefined && isPort(/:(\d+)$/.exec(place)?.[1])) return [host, place] as const;
    throw usage(
      `--map: expected host=address, as in api.example.com=127.0.0.1:8443; got '${entry}'`,
      `--map：应为 host=address，例如 api.example.com=127.0.0.1:8443，实际是 '${entry}'`,
    );
  });
  const mapped = lookupOf(Object.fromEntries(entries));
  return (host, port) => resolve?.(host, port) ?? mapped?.(host, port);
}

const RESOLVE = /^([^:[\]]+):(\d{1,5}):(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/;

/** Where hosts really are: `host:port:address` as curl takes it, and with a port of its own at the end. */
export function resolvesOf(entries: readonly string[] | undefined): Lookup | undefined {
  if (!entries) return undefined;
  const places = new Map(
    entries.map((entry) => {
      const [, host, port, address, otherPort] = RESOLVE.exec(entry) ?? [];
      if (host === undefined || address === undefined || !isPort(port) || !isPort(otherPort)) {
        throw usage(
          `--resolve: expected host:port:address, as in api.example.com:443:127.0.0.1; got '${entry}'`,
          `--resolve：应为 host:port:address，例如 api.example.com:443:127.0.0.1，实际是 '${entry}'`,
        );
      }
      const place = { address: address.replace(/^\[|\]$/g, ''), port: Number(otherPort ?? port) };
      return [`${host.toLowerCase()}:${Number(port)}`, place] as const;
    }),
  );
  return (host, port) => places.get(`${host.toLowerCase()}:${port}`);
}

function contentOf(file: string, folder: string): string {
  const read = readText(resolve(folder, file));
  if ('text' in read) return read.text;
  const { en, zh } = read.problem;
  throw usage(
    `--ca: expected a file that can be read; got '${file}': ${en}`,
    `--ca：应为可以读取的文件，实际是 '${file}'：${zh}`,
  );
}

function usage(en: string, zh: string): UsageError {
  return new UsageError({ en, zh });
}
