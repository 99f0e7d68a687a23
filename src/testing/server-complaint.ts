import type { Promises } from './promises.js';

/** A call that came to the server. */
export interface Arrival {
  readonly at: number;
  readonly name: string;
  /** Whether an answer had been promised to it. */
  readonly known: boolean;
}

/** A call that a rule kept from the server. */
export interface Refusal {
  readonly at: number;
  readonly name: string;
  readonly why: string;
}

/**
 * Says what does not add up, with all that was known and all that arrived; nothing, when it does.
 *
 * @param failed - Whether the test has failed already: then a promise may be unused because of that, and says nothing,
 * while a call to an unknown address may be the very reason.
 */
export function problemOfRequest(
  promised: readonly Pick<Promises<unknown>, 'name' | 'promises'>[],
  arrivals: readonly Arrival[],
  refusals: readonly Refusal[],
  failed: boolean,
): string | undefined {
  const unknown = arrivals.filter(({ known }) => !known).length;
  const promises = promised.flatMap(({ name, promises: made }) => made.map((promise) => ({ name, ...promise })));
  const unused = promises.filter(({ claims }) => claims.length === 0).length;
  if (unknown === 0 && (unused === 0 || failed)) return undefined;

  const what = [
    unknown > 0 && `${counted(unknown, 'call')} came that no answer was promised to`,
    unused > 0 && `${counted(unused, 'promised answer')} ${unused > 1 ? 'were' : 'was'} never asked for`,
  ];
  return [
    `server: ${what.filter(Boolean).join('; ')}`,
    ...block(
      'promised',
      promises.map(({ name, marbles, always, claims }) => {
        const use = claims.length > 0 ? `claimed ${claims.map(shownTime).join(', ')}` : '✗ never asked for';
        return `${name}  '${marbles}'${always ? ' always' : ''}  ${use}`;
      }),
    ),
    ...block(
      'arrived',
      arrivals.map(({ at, name, known }) => `${shownTime(at)}  ${name}${known ? '' : '  ✗ unknown'}`),
    ),
    ...(refusals.length > 0
      ? block(
          'refused by a rule, so that they never arrived',
          refusals.map(({ at, name, why }) => `${shownTime(at)}  ${name}  ${why}`),
        )
      : []),
  ].join('\n');
}

function block(title: string, lines: readonly string[]): string[] {
  return [`  ${title}:`, ...(lines.length > 0 ? lines : ['nothing']).map((line) => `    ${line}`)];
}

function shownTime(at: number): string {
  return `@${at}`;
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count > 1 ? 's' : ''}`;
}
