import type { Dialect } from '../../simulator/rules/dialect.js';
import { UsageError } from '../usage-error.js';

const DIALECTS: { readonly [phone: string]: Dialect } = {
  android: 'android-cronet',
  ios: 'ios-cronet',
  devtools: 'devtools',
};

/** Whose words the phone speaks. */
export function dialectOf(phone: string | undefined): Dialect | undefined {
  if (phone === undefined) return undefined;
  const dialect = Object.hasOwn(DIALECTS, phone) ? DIALECTS[phone] : undefined;
  if (dialect) return dialect;
  const known = Object.keys(DIALECTS).join(', ');
  throw new UsageError({
    en: `--phone: expected one of ${known}; got '${phone}'`,
    zh: `--phone：应为 ${known} 之一，实际是 '${phone}'`,
  });
}
