import { shownError, shownUrl } from '../inspect/shown.js';
import type { InspectEvent, ShownError } from '../network/network-event.js';
import { codeOfFailure } from '../platform/classify-failure.js';
import { MAX_CONCURRENT_REQUESTS } from '../platform/limits.js';
import { NetworkError, type RuleId } from '../platform/network-error.js';
import type { HttpMethod } from '../platform/wx.js';
import type { CalledEvent, RefusedEvent, SettledEvent, SimulatorEvent } from '../simulator/index.js';

/** What the events of a simulator are to one who looks at calls: any app, by whatever client, with or without a network of ours. */
export function simulatorInspection(): (event: SimulatorEvent) => readonly InspectEvent[] {
  const calls = new Map<number, CallSeen>();
  let running = MAX_CONCURRENT_REQUESTS;

  return (event) => {
    const atMs = event.at;
    switch (event.type) {
      case 'called':
        calls.set(event.id, { called: event, startedAt: undefined, aborted: false });
        return [calledBy(event)];
      case 'queued':
        return [{ type: 'queued', atMs, call: event.id, waiting: event.waiting - 1, running }];
      case 'started': {
        ({ running } = event);
        const call = calls.get(event.id);
        if (!call) return [];
        call.startedAt = atMs;
        const { method, url, timeoutMs } = call.called;
        const sent = { attempt: 1, method: method as HttpMethod, url: shownUrl(url), headers: {}, running };
        return [{ type: 'sent', atMs, call: event.id, ...sent, overtaken: 0, attemptMs: timeoutMs }];
      }
      case 'headers':
        return [{ type: 'headers', atMs, call: event.id, attempt: 1, status: event.statusCode, headers: {} }];
      case 'aborted': {
        const call = calls.get(event.id);
        if (call) call.aborted = true;
        return [];
      }
      case 'refused': {
        const error = refusalOf(event);
        // Of a socket: its `socket-closed` follows.
        if (!calls.delete(event.id)) return [];
        return [{ type: 'refused', atMs, call: event.id, error }];
      }
      case 'settled': {
        const call = calls.get(event.id);
        calls.delete(event.id);
        return call ? endOf(call, event) : [];
      }
      case 'hidden':
        return [{ type: 'lifecycle', atMs, visibility: 'background', awayMs: 0 }];
      case 'shown':
        return [{ type: 'lifecycle', atMs, visibility: 'foreground', awayMs: event.awayMs }];
      case 'network':
        return [{ type: 'network', atMs, isConnected: event.networkType !== 'none', networkType: event.networkType }];
      case 'socket-connecting':
        return [{ type: 'socket-connecting', atMs, socket: event.id, url: shownUrl(event.url), generation: 1 }];
      case 'socket-opened':
        return [{ type: 'socket-open', atMs, socket: event.id, generation: 1 }];
      case 'socket-sent':
      case 'socket-received': {
        const direction = event.type === 'socket-sent' ? 'out' : 'in';
        return [{ type: 'socket-message', atMs, socket: event.id, direction, bytes: event.bytes }];
      }
      case 'socket-failed': {
        const what = event.reason ? `${event.errMsg} (${event.reason})` : event.errMsg;
        const error = failureOf({ errMsg: event.errMsg, rule: event.rule }, what);
        return [{ type: 'socket-down', atMs, socket: event.id, error }];
      }
      case 'socket-closed':
        return [{ type: 'socket-closed', atMs, socket: event.id, meaning: event.code === 1000 ? 'clean' : 'failed' }];
      default:
        return [];
    }
  };
}

interface CallSeen {
  readonly called: CalledEvent;
  startedAt: number | undefined;
  aborted: boolean;
}

function calledBy({ at, id, api, method, url }: CalledEvent): InspectEvent {
  const about = { client: 'plain', api, method: method as HttpMethod, url: shownUrl(url) } as const;
  return { type: 'called', atMs: at, call: id, ...about, priority: 'normal', background: 'send' };
}

function endOf({ startedAt, aborted }: CallSeen, event: SettledEvent): readonly InspectEvent[] {
  const { at: atMs, id: call, outcome, statusCode = 0, rule } = event;
  if (aborted) return [{ type: 'cancelled', atMs, call, by: 'unsubscribed' }];
  if (outcome === 'success') {
    const answer = { status: statusCode, headers: {}, size: undefined, durationMs: atMs - (startedAt ?? atMs) };
    return [
      { type: 'answered', atMs, call, attempt: 1, ...answer, profile: undefined },
      { type: 'decoded', atMs, call, attempt: 1, charset: undefined, decodedBy: 'platform' },
      { type: 'completed', atMs, call, from: 'network', status: statusCode },
    ];
  }
  const error = failureOf(event, event.errMsg ?? 'the app was never told what became of it');
  const failed = { type: 'failed', atMs, call, error } as const;
  if (startedAt === undefined) return [failed];
  return [{ type: rule === 'BG-1' ? 'cut' : 'attempt-failed', atMs, call, attempt: 1, error }, failed];
}

function refusalOf({ rule, detail }: RefusedEvent): ShownError {
  const code =
    rule?.startsWith('DOM') || rule === 'LAN-1'
      ? 'domain-not-allowed'
      : rule === 'BG-2'
        ? 'background'
        : 'invalid-argument';
  return { code, rule: rule, phase: 'check', what: detail };
}

/** As the library would tell it. */
function failureOf(
  {
    errMsg,
    errno,
    rule,
  }: { readonly errMsg?: string | undefined; readonly errno?: number | undefined; readonly rule?: RuleId | undefined },
  what: string,
): ShownError {
  const code = codeOfFailure({ ...(errMsg !== undefined && { errMsg }), errno });
  return shownError(new NetworkError(what, { code, rule, phase: 'attempt', errno, errMsg }));
}
