import type { CallRecord } from './call-record.js';
import type { TimeSpent } from './explain.js';
import { pathOf } from './shown-url.js';

/** The sentence of `explain`. */
export function explainInEnglish(record: CallRecord, spent: readonly TimeSpent[]): string {
  const { method, url, durationMs, outcome } = record;
  const took = outcome === 'pending' ? 'has taken' : 'took';
  const where = spent.map((part) => `${time(part.ms)} ${whereabouts(record, part)}`).join(', ');
  const parts = [
    `${method} ${pathOf(url)} ${took} ${time(durationMs)}${where && `: ${where}`}`,
    again(record),
    end(record),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function whereabouts(record: CallRecord, { activity }: TimeSpent): string {
  const { queuedBehind, runningThen, overtaken, heldBy, client, api, sharedWith } = record;
  switch (activity) {
    case 'intercepting':
      if (sharedWith !== undefined) return `waiting for ${other(sharedWith)}`;
      return "in the app's own interceptors (a login, or the pause before a retry)";
    case 'waiting': {
      if (queuedBehind === undefined) return "in the platform's own queue (LIM-2)";
      const behind = queuedBehind === 0 ? '' : ` behind ${count(queuedBehind, 'call')}`;
      const passed = overtaken === 0 ? '' : `, overtaken ${count(overtaken, 'time')}`;
      return `in line${behind} while ${runningThen} ran (LIM-2)${passed}`;
    }
    case 'held':
      if (heldBy[0] === 'network') return 'held while there was no network, or a weak one';
      return heldBy.length > 0 && !heldBy.includes('background')
        ? `held by requestQueue.pause('${heldBy.join("', '")}')`
        : 'held while the app was in the background (BG-2)';
    case 'sending':
      return api === 'uploadFile' ? 'to send the file' : 'to connect and to send';
    case 'answering':
      return record.attempts.some(({ profile }) => profile) || client !== 'http$'
        ? 'until the server answered'
        : 'on the wire and at the server';
    case 'receiving':
      return 'to receive the body';
    default:
      return 'to decode the body';
  }
}

function again({ attempts, droppedAttempts, replays }: CallRecord): string {
  const sent = attempts.length + droppedAttempts;
  if (sent < 2) return '';
  const failed = attempts.find(({ outcome }) => outcome === 'failed')?.error;
  const because =
    replays > 0
      ? `because the background cut it ${replays === 1 ? 'once' : count(replays, 'time')} (BG-1)`
      : failed
        ? `because it failed with ${failed.code}`
        : 'by an interceptor';
  return `sent ${count(sent, 'time')}, ${because}`;
}

function end({ outcome, error, cancelledBy, answeredFrom, sharedWith, attempts }: CallRecord): string {
  const rule = error?.rule ? ` (${error.rule})` : '';
  switch (outcome) {
    case 'pending':
      return 'it is under way';
    case 'completed':
      return attempts.length > 0 ? '' : notSent(answeredFrom, sharedWith);
    case 'refused':
      return `it was refused${rule}: ${error?.what ?? ''}`;
    case 'cancelled':
      if (cancelledBy === 'page') return 'it ended when its page was unloaded';
      return cancelledBy === 'deadline' ? `its deadline passed: ${error?.what ?? ''}` : 'the caller left';
    default:
      return `it failed with ${error?.code ?? 'unknown'}${rule}: ${error?.what ?? ''}`;
  }
}

function notSent(from: CallRecord['answeredFrom'], sharedWith: CallRecord['sharedWith']): string {
  switch (from) {
    case 'shared':
      return typeof sharedWith === 'number'
        ? `it was not sent: it shared the answer of call ${sharedWith}`
        : 'it was not sent: it shared the answer of another call';
    case 'memory':
      return 'it was not sent: the answer was in memory';
    case 'storage':
      return 'it was not sent: the answer was on the device';
    case 'prefetch':
      return 'it was not sent: the platform had fetched the answer before';
    case 'interceptor':
      return 'it was not sent: an interceptor had the answer';
    default:
      return '';
  }
}

function other(sharedWith: CallRecord['sharedWith']): string {
  return typeof sharedWith === 'number'
    ? `call ${sharedWith}, which asked for the same`
    : 'another call that asked for the same';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function time(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
