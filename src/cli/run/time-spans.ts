import { UsageError } from '../usage-error.js';

/** From when until when, in milliseconds since the start; without an end it lasts. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number | undefined;
}

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m)?$/;
const MS_OF = { ms: 1, s: 1_000, m: 60_000 } as const;

/** `500ms`, `12s`, `2m`; a bare number is seconds. */
export function durationOf(option: string, text: string): number {
  const [, number, unit = 's'] = DURATION.exec(text) ?? [];
  const ms = Number(number) * MS_OF[unit as keyof typeof MS_OF];
  if (number === undefined || ms > 86_400_000) {
    throw new UsageError({
      en: `${option}: expected a time such as 500ms, 12s or 2m; got '${text}'`,
      zh: `${option}：应为时间，例如 500ms、12s 或 2m，实际是 '${text}'`,
    });
  }
  return ms;
}

/** `3s..12s`, or `3s..` for one that lasts. */
export function spanOf(option: string, text: string): TimeSpan {
  const [from = '', to, ...more] = text.split('..');
  const span = {
    fromMs: durationOf(option, from),
    toMs: to === undefined || to === '' ? undefined : durationOf(option, to),
  };
  if (to === undefined || more.length > 0 || (span.toMs !== undefined && span.toMs <= span.fromMs)) {
    throw new UsageError({
      en: `${option}: expected from..to, such as 3s..12s; got '${text}'`,
      zh: `${option}：应为 起..止，例如 3s..12s，实际是 '${text}'`,
    });
  }
  return span;
}
