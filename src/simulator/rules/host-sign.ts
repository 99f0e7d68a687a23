import { createHash } from 'node:crypto';
import type { Settings } from '../settings.js';

/**
 * Signs what a plugin sends, in the name of the app that it runs in: the value of `X-WECHAT-HOSTSIGN`, by which the
 * plugin's server knows the app.
 *
 * - Evidence: official page on plugins; the appid is the app's, which the Referer names too
 */
export function hostSign({ appId, plugin, scheduler }: Pick<Settings, 'appId' | 'plugin' | 'scheduler'>): string {
  const timestamp = String(Math.floor(scheduler.now() / 1_000));
  const noncestr = sha1(`${appId}${timestamp}`).slice(0, 16);
  const signature = sha1([appId, noncestr, timestamp, plugin.token].sort().join(''));
  return JSON.stringify({ noncestr, timestamp, signature });
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
