import type { PhoneName } from '../phones.js';
import type { Settings } from '../settings.js';
import { CallFailure } from './failure.js';
import { hostSign } from './host-sign.js';
import { withReferer } from './referer.js';

// The client sets them itself, or they are between it and the next machine (discoveries/request.md: "commonly ignored").
const OWNED_BY_CLIENT = new Set([
  'host',
  'connection',
  'keep-alive',
  'te',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'user-agent',
  'expect',
  'upgrade',
]);

/** What HTTP allows (RFC 9110, 5.1 and 5.5). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const USER_AGENT: { readonly [Name in PhoneName]: string } = {
  android:
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/122.0 Mobile MicroMessenger/8.0.50 MiniProgramEnv/android',
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.50',
  harmony:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 ArkWeb/4.1 Mobile MicroMessenger/8.0.50 MiniProgramEnv/ohos',
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/122.0 MicroMessenger/7.0.20 MiniProgramEnv/Windows',
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/122.0 MicroMessenger/6.8.0 MiniProgramEnv/Mac',
  devtools: 'Mozilla/5.0 wechatdevtools/1.06 MicroMessenger/8.0.5 Webview/',
};

/**
 * Makes the header that is sent of the one that was given: values to text, `content-type` in lower case, the client's
 * own fields, the Referer (LIM-1).
 *
 * - Evidence: discoveries/request.md; values that are neither text nor number read `[object X]`, as on the phone
 * - Not known: what a phone says to a name or a value that HTTP does not allow. Here errno 600005 (discoveries/failures.md#numbers)
 *
 * @param defaults - What is sent unless the app says otherwise; names in lower case.
 * @throws CallFailure, errno 600005, that names the field.
 */
export function requestHeaderOf(
  header: unknown,
  settings: Settings,
  defaults: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  // Not spread: V8 makes a new shape for each field that is then added to such a copy, twenty times as slow.
  const sent: Record<string, string> = Object.assign({}, defaults);
  for (const [name, value] of Object.entries(header ?? {})) {
    const lower = name.toLowerCase();
    if (OWNED_BY_CLIENT.has(lower) || lower.startsWith('proxy-')) continue;
    sent[lower === 'content-type' ? lower : name] = allowed(name, textOf(value));
  }
  sent['User-Agent'] = USER_AGENT[settings.phone];
  sent['Accept-Encoding'] = 'gzip, deflate, br';
  if (settings.runsAs === 'plugin') sent['X-WECHAT-HOSTSIGN'] = hostSign(settings);
  return withReferer(sent, settings);
}

/**
 * Makes the header of a WebSocket's handshake. Its own fields belong to the client; sub-protocols have an option.
 *
 * @throws CallFailure, errno 600005, that names the field.
 */
export function handshakeHeaderOf(header: unknown, settings: Settings): Readonly<Record<string, string>> {
  const fields = Object.entries(requestHeaderOf(header, settings));
  return Object.fromEntries(fields.filter(([name]) => !NOT_IN_HANDSHAKE.test(name)));
}

const NOT_IN_HANDSHAKE = /^(?:sec-websocket-.*|accept-encoding)$/i;

function allowed(name: string, value: string): string {
  if (!TOKEN.test(name)) {
    const detail = `header ${JSON.stringify(name)}: a name has letters, digits and !#$%&'*+-.^_\`|~ only, and at least one`;
    throw new CallFailure({ kind: 'header', detail });
  }
  if (!VALUE.test(value)) {
    const detail = `header ${name}: a value is one line of Latin-1 without control characters; encodeURIComponent() other text`;
    throw new CallFailure({ kind: 'header', detail });
  }
  return value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : Object.prototype.toString.call(value);
}
