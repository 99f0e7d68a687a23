import { readFileSync } from 'node:fs';
import type { HttpMethod } from '../../src/index.js';
import { charsetOfLabel } from '../../src/platform/charset.js';
import type { Lookup } from '../../src/simulator/wires/node-connector.js';
import { UsageError } from './usage-error.js';

/** The URL, as it was written: a parser would change what the rules compare. */
export function urlOf(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) {
    throw new UsageError(`expected a URL such as https://api.example.com/items; got '${text}'`);
  }
  return text;
}

export function methodOf(text: string): HttpMethod {
  // Which methods there are is a rule of the platform: the library knows them, and what to do about PATCH.
  return text.toUpperCase() as HttpMethod;
}

export function headerOf(fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((field) => {
      const [, name, value] = /^([!#$%&'*+.^`|~\w-]+)\s*:\s*([^\r\n]*)$/.exec(field) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`--header: expected 'name: value'; got '${field}'`);
      }
      return [name, value] as const;
    }),
  );
}

export function charsetOf(label: string | undefined): string | undefined {
  if (label === undefined || label === 'auto' || charsetOfLabel(label) !== undefined) return label;
  throw new UsageError(`--charset: expected 'auto' or a label such as gbk, big5 or utf-8; got '${label}'`);
}

export function timeoutOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError(`--timeout: expected a whole number of milliseconds from 1, such as 5000; got '${text}'`);
  }
  return Number(text);
}

export function authorityIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const pem = contentOf(file);
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new UsageError(`--ca: expected a PEM file, with -----BEGIN CERTIFICATE----- in it; got '${file}'`);
  }
  return pem;
}

export function lookupOf(entries: readonly string[]): Lookup {
  const places = new Map(
    entries.map((entry) => {
      const [, host, address, port] = /^([^=:]+)=([^=:]+)(?::(\d{1,5}))?$/.exec(entry) ?? [];
      if (host === undefined || address === undefined) {
        throw new UsageError(
          `--lookup: expected host=address:port, as in api.example.com=127.0.0.1:8443; got '${entry}'`,
        );
      }
      return [host.toLowerCase(), { address, port: port === undefined ? undefined : Number(port) }] as const;
    }),
  );
  return (host) => places.get(host.toLowerCase());
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new UsageError(`--ca: expected a file that can be read; got '${file}' (${code})`);
  }
}
