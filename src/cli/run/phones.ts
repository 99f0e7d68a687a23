import { PHONE_NAMES, type PhoneName } from '../../simulator/phones.js';
import { UsageError } from '../usage-error.js';

/** Which client the app runs on. */
export function phoneNamed(name: string | undefined): PhoneName | undefined {
  if (name === undefined) return undefined;
  const phone = PHONE_NAMES.find((known) => known === name);
  if (phone) return phone;
  const known = PHONE_NAMES.join(', ');
  throw new UsageError({
    en: `--phone: expected one of ${known}; got '${name}'`,
    zh: `--phone：应为 ${known} 之一，实际是 '${name}'`,
  });
}
