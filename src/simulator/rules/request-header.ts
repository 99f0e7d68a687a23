import type { Settings } from '../settings.js';
import { withReferer } from './referer.js';

// The client sets them itself (platform-facts §5.1: "commonly ignored").
const OWNED_BY_CLIENT = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'user-agent',
  'expect',
  'upgrade',
];

const USER_AGENT: { readonly [Platform in 'android' | 'ios' | 'devtools']: string } = {
  android:
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/122.0 Mobile MicroMessenger/8.0.50 MiniProgramEnv/android',
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile MicroMessenger/8.0.50',
  devtools: 'Mozilla/5.0 wechatdevtools/1.06 MicroMessenger/8.0.5 Webview/',
};

/** Which client a dialect stands for. */
export function platformOf({
  dialect,
  envVersion,
}: Pick<Settings, 'dialect' | 'envVersion'>): 'android' | 'ios' | 'devtools' {
  if (dialect === 'devtools' || envVersion === 'devtools') return 'devtools';
  return dialect === 'ios-cronet' || dialect === 'ios-old' ? 'ios' : 'android';
}

/**
 * Makes the header that is sent of the one that was given: values to text, `content-type` in lower case and
 * `application/json` by default, the client's own fields, the Referer (LIM-1).
 *
 * - Evidence: platform-facts §5.1; values that are neither text nor number read `[object X]`, as on the phone
 */
export function requestHeaderOf(header: unknown, settings: Settings): Readonly<Record<string, string>> {
  const sent: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(header ?? {})) {
    const lower = name.toLowerCase();
    if (OWNED_BY_CLIENT.includes(lower)) continue;
    sent[lower === 'content-type' ? lower : name] = textOf(value);
  }
  return withReferer(
    { ...sent, 'User-Agent': USER_AGENT[platformOf(settings)], 'Accept-Encoding': 'gzip, deflate, br' },
    settings,
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : Object.prototype.toString.call(value);
}
