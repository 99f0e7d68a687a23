import { refererOf } from '../../platform/referer.js';
import type { Settings } from '../settings.js';

/**
 * Puts the platform's Referer in the place of whatever the app has set, in any case (LIM-1).
 *
 * - Evidence: discoveries/rules.md
 */
export function withReferer(
  header: Readonly<Record<string, string>>,
  { appId, envVersion, version }: Pick<Settings, 'appId' | 'envVersion' | 'version'>,
): Record<string, string> {
  const sent: Record<string, string> = {};
  for (const name in header) {
    if (name.length !== 'referer'.length || name.toLowerCase() !== 'referer') sent[name] = header[name] as string;
  }
  sent['Referer'] = refererOf(appId, envVersion, version);
  return sent;
}
