import type { Refusal } from '../../platform/refusal.js';
import { ALL_WORDS } from '../../platform/peer-refusal-words.js';
import { refusalSentence } from '../../platform/refusal-words.js';
import type { Host } from '../host.js';
import { createListeners, type Listeners } from '../listeners.js';
import type { OpenSocket } from '../open-sockets.js';
import { RAW_REFUSALS, type RawSocketFailed } from '../rules/raw-socket-words.js';
import type { SocketApi, SocketRuleId } from '../socket-events.js';
import type { GeneralResult } from './callbacks.js';

/** What TCP and UDP sockets have in common: a number, errors, the end. */
export interface RawSocket {
  readonly id: number;
  readonly ended: boolean;
  readonly errors: Listeners<GeneralResult>;
  readonly closes: Listeners<GeneralResult>;
  /** Tells of something in the app's thread, in a turn of its own. */
  readonly tell: <Event>(listeners: Listeners<Event>, event: Event) => void;
  /** Tells of an error; the socket may go on. */
  readonly fail: (failed: RawSocketFailed, rule?: SocketRuleId) => void;
  /** Tells of an error that a rule is behind. */
  readonly refuse: (failed: RawSocketFailed, rule: SocketRuleId | undefined, detail: string) => void;
  /** Tells of an error because of where it was to go. */
  readonly refuseAddress: (failed: RawSocketFailed, refusal: Refusal) => void;
  /** Whether the background refuses a call now (BG-2). It is told. */
  readonly refusedInBackground: () => boolean;
  /** Ends it, unless it has ended. */
  readonly end: (rule?: SocketRuleId) => void;
}

/** What the two do differently. */
export interface RawSocketDependencies {
  /** Lets go of the wire. */
  readonly release: () => void;
  /** The network is lost. */
  readonly offline: () => void;
  /** Nothing arrives any more, either way, and nobody is told. */
  readonly mute: () => void;
  /** Whether the background has anything to cut. */
  readonly running: () => boolean;
}

/**
 * Makes the common part of a TCP or UDP socket.
 *
 * - Not known: what becomes of them in the background (discoveries/background.md). By the words of the rule they are cut (BG-1),
 *   and nothing is opened there (BG-2): `rawSocketsInBackground`
 */
export function createRawSocket(
  host: Host,
  api: SocketApi,
  { release, offline, mute, running }: RawSocketDependencies,
): RawSocket {
  const { report, deliver, sockets, calls, background, closed, settings } = host;
  const id = calls.nextId();
  const errors: Listeners<GeneralResult> = createListeners();
  const closes: Listeners<GeneralResult> = createListeners();
  let ended = false;

  const tell: RawSocket['tell'] = (listeners, event) => deliver(() => listeners.emit(event));
  const tellError = (failed: RawSocketFailed) => tell(errors, { ...failed });

  const fail: RawSocket['fail'] = (failed, rule) => {
    report({ type: 'socket-failed', id, errMsg: failed.errMsg, rule });
    tellError(failed);
  };

  const end: RawSocket['end'] = (rule) => {
    if (ended) return;
    ended = true;
    sockets.delete(open);
    report({ type: 'socket-closed', id, rule });
    tell(closes, { errMsg: 'ok' });
    release();
  };

  const refuse: RawSocket['refuse'] = (failed, rule, detail) => {
    report({ type: 'refused', id, rule, detail });
    tellError(failed);
  };
  const refuseAddress: RawSocket['refuseAddress'] = (failed, refusal) => {
    report({ type: 'refused', id, rule: refusal.rule, detail: refusalSentence(refusal, ALL_WORDS), refusal });
    tellError(failed);
  };

  const open: OpenSocket = {
    cut: (cause) => {
      if (cause === 'closed') {
        end();
      } else if (cause === 'offline') {
        offline();
      } else if (cause === 'moved') {
        if (settings.socketMoved === 'close') offline();
        else if (settings.socketMoved === 'silent') mute();
      } else if (settings.rawSocketsInBackground === 'cut' && running()) {
        fail(RAW_REFUSALS.interrupted, 'BG-1');
        end('BG-1');
      }
    },
  };
  sockets.add(open);
  report({ type: 'socket-created', id, api });

  return {
    id,
    get ended() {
      return ended;
    },
    errors,
    closes,
    tell,
    fail,
    refuse,
    refuseAddress,
    end,
    refusedInBackground: () => {
      const refusal = closed() ?? background.refusal();
      if (!refusal) return false;
      const words = refusal.kind === 'suspended' ? RAW_REFUSALS.suspended : RAW_REFUSALS['in-background'];
      refuse(words, 'BG-2', 'the app is in the background; call again when it is back in front');
      return true;
    },
  };
}
