import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { networkInterfaces } from 'node:os';
import type { CommandInput } from '../command-input.js';
import { whenEnded } from '../run/when-ended.js';
import { UsageError } from '../usage-error.js';
import { durationOf } from '../run/time-spans.js';
import { Desk } from '../../desk/desk.js';
import { openInBrowser } from '../../desk/open-in-browser.js';
import { servePage } from '../../desk/page-server.js';
import { pairingCode } from '../../desk/pairing-code.js';
import { servePhones } from './phone-server.js';
import { WORDS } from './words.js';

const PAGE_PORT = 9230;
const PHONE_PORT = 9229;

/** `rx-miniprogram inspect`. Runs until it is told to stop. */
export async function inspectCommand({ values, positionals, language, context }: CommandInput): Promise<number> {
  const { folder, terminal, printError } = context;
  const words = WORDS[language];
  const forMs = values.for === undefined ? undefined : durationOf('--for', values.for);
  const isForPrograms = values.json === true || values.mcp === true;
  // Where a program reads the output, what is said to people goes beside it.
  const say = isForPrograms ? printError : context.print;
  const code = codeOf(values.code) ?? pairingCode();
  const ports = {
    page: portOf('--port', values.port) ?? PAGE_PORT,
    phone: portOf('--phone-port', values['phone-port']) ?? PHONE_PORT,
  };
  const desk = new Desk();
  for (const file of positionals) desk.openHar(basename(file), harIn(resolve(folder, file), file));

  if (values.json === true) {
    desk.messages$.subscribe((message) => {
      if (message.type !== 'events') return;
      for (const event of message.events) context.print(JSON.stringify({ source: message.source, ...event }));
    });
  }
  const host = values.lan === true ? '0.0.0.0' : '127.0.0.1';
  const phones = await opened('--phone-port', ports.phone, () =>
    servePhones(
      desk,
      code,
      { host, port: ports.phone },
      {
        onPhone: (name) => say(words.phone(name)),
        onWrongCode: (address, isLast) => printError(words.wrongCode(address, isLast)),
      },
    ),
  );
  const page = await opened('--port', ports.page, () => servePage(desk, code, ports.page, language));
  // The SDK is half of the command's code, and no other command needs it.
  const closeMcp = values.mcp === true ? await (await import('./mcp.js')).serveMcp(desk) : undefined;
  say(words.page(page.url));
  say(words.connect(values.lan === true ? ownAddress() : '127.0.0.1', phones.port, code));
  if (values.lan !== true) say(words.lan);
  if (terminal && !isForPrograms && values['no-open'] !== true) openInBrowser(page.url);

  await whenEnded(forMs, () => false);
  await Promise.all([closeMcp?.(), phones.close(), page.close()]);
  return 0;
}

function codeOf(code: string | undefined): string | undefined {
  if (code === undefined || code.length >= 8) return code;
  throw new UsageError({
    en: '--code: expected at least 8 characters; leave it out for one that nobody can guess',
    zh: '--code：至少 8 个字符；不写则随机生成',
  });
}

function portOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError({
    en: `${option}: expected a number from 0 to 65535; got '${text}'`,
    zh: `${option}：应为 0 到 65535 的数字，实际是 '${text}'`,
  });
}

async function opened<T>(option: string, port: number, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UsageError({
      en: `port ${port} is taken: another desk may run; choose one by ${option}`,
      zh: `端口 ${port} 已被占用，可能已经开着一个；请用 ${option} 换一个`,
    });
  }
}

function harIn(path: string, shown: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    const reason = (error as Error).message.replace(path, shown);
    throw new UsageError({ en: `${shown}: ${reason}`, zh: `${shown}：${reason}` });
  }
}

/** Where a phone on the local network finds us. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
