import type { Host } from '../host.js';
import { admissionFailure } from '../rules/admission.js';
import { deadlineMs } from '../rules/deadline.js';
import { CallFailure, detailOf, refusalOf, ruleOf as ruleOfCall, type Failure } from '../rules/failure.js';
import { handshakeHeaderOf } from '../rules/request-header.js';
import { socketParameterFailure } from '../rules/socket-parameters.js';
import { createSocketPlaces } from '../rules/socket-places.js';
import { socketRefusalWords } from '../rules/socket-words.js';
import type { SocketRequest } from '../wires/socket-wire.js';
import { callFail, callSuccess, capturedCallbacks } from './callbacks.js';
import { createLegacySocket, type LegacySocketApi } from './legacy-socket.js';
import { createSocketListeners, deadSocketTask } from './socket-task-face.js';
import { openSocket } from './socket-task.js';
import type { ConnectSocketOption, SocketTask } from './socket-types.js';

/** The part of `wx` that opens WebSockets. */
export interface ConnectSocketApi extends LegacySocketApi {
  connectSocket(option: ConnectSocketOption): SocketTask;
}

/**
 * Makes `wx.connectSocket`, with every rule that a phone enforces: parameters, background (BG-2), domain (DOM-*, LAN-1),
 * place (LIM-3), deadline (TIME-*), Referer (LIM-1); and the older global calls.
 *
 * `success` means only that the platform has taken the call (discoveries/sockets.md). Always returns a task, a dead one
 * when the call is refused, and never calls back in the same turn.
 */
export function createConnectSocket(host: Host): ConnectSocketApi {
  const { settings, report, deliver, calls, background, closed } = host;
  const places = createSocketPlaces();
  const legacy = createLegacySocket(deliver);

  const prepared = (given: Partial<ConnectSocketOption>): SocketRequest | Failure => {
    const { url = '', header, protocols = [], tcpNoDelay, perMessageDeflate } = given;
    try {
      const sentHeader = handshakeHeaderOf(header, settings);
      return (
        admissionFailure('socket', url, settings, host.lan()) ?? {
          // A fragment is the client's own, and never goes out (RFC 6455, 3).
          url: url.replace(/#.*/s, ''),
          header: sentHeader,
          protocols: [...protocols],
          tcpNoDelay,
          perMessageDeflate: perMessageDeflate === true,
        }
      );
    } catch (error) {
      if (error instanceof CallFailure) return error.failure;
      throw error;
    }
  };

  const connectSocket = (option: ConnectSocketOption): SocketTask => {
    // All of it is read in this turn: the app may use the same object for its next call.
    const given = (option ?? {}) as Partial<ConnectSocketOption>;
    const callbacks = capturedCallbacks(option);
    const id = calls.nextId();
    report({
      type: 'socket-created',
      id,
      api: 'connectSocket',
      ...(typeof given.url === 'string' && { url: given.url }),
    });

    const refused = (failure: Failure): SocketTask => {
      const words = socketRefusalWords(failure, id, settings.dialect);
      const rule = ruleOf(failure);
      report({
        type: 'refused',
        id,
        rule,
        detail: failure.kind === 'too-many-tasks' ? FIVE_ARE_TAKEN : detailOf(failure),
        refusal: refusalOf(failure),
      });
      report({ type: 'socket-closed', id, rule });
      const listeners = createSocketListeners();
      if (settings.refusedSocket === 'error-event' && failure.kind === 'not-in-domain-list') {
        deliver(() => callSuccess(callbacks, { errMsg: 'connectSocket:ok', socketTaskId: id }));
        deliver(() => listeners.error.emit({ ...words }));
        deliver(() => legacy.listeners.error.emit({ ...words }));
      } else {
        deliver(() => callFail(callbacks, { ...words }));
      }
      return deadSocketTask(host, listeners);
    };

    const request = socketParameterFailure(option) ?? closed() ?? background.refusal() ?? prepared(given);
    if ('kind' in request) return refused(request);
    const leave = places.enter();
    if (!leave) return refused({ kind: 'too-many-tasks' });

    deliver(() => callSuccess(callbacks, { errMsg: 'connectSocket:ok', socketTaskId: id }));
    const timeoutMs = deadlineMs('connectSocket', given.timeout, settings);
    const task = openSocket(host, { id, request, timeoutMs, leave, places: () => places.taken }, legacy.listeners);
    legacy.newest(task);
    return task;
  };

  return { connectSocket, ...legacy.api };
}

const FIVE_ARE_TAKEN = 'five sockets connect, are open or are closing already; close one and wait for its onClose';

function ruleOf(failure: Failure) {
  return failure.kind === 'too-many-tasks' ? 'LIM-3' : ruleOfCall(failure);
}
