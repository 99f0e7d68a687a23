import { isBytes } from '../../platform/is-bytes.js';
import { kindOf } from '../../platform/field-text.js';
import { isPromise } from '../../platform/is-promise.js';
import { problemOfJson } from '../../platform/json-problem.js';
import { NetworkError, type CallDetails } from '../../platform/network-error.js';
import { problemOfData } from '../../platform/socket-data.js';
import type { SocketData } from '../../platform/wx-sockets.js';
import { invalidArgument } from '../../sources/call-wx.js';

/** How messages become what goes over the wire, and back. Either may throw. */
export interface SocketSerializer<In, Out> {
  readonly serialize: (message: Out) => SocketData;
  readonly deserialize: (data: SocketData) => In;
}

/** Text as JSON; bytes, both ways, as they are. A view of bytes is nobody's JSON: it goes on, to be refused. */
export const json: SocketSerializer<unknown, unknown> = {
  serialize: (message) => {
    if (isBytes(message) || ArrayBuffer.isView(message)) return message as SocketData;
    const problem = problemOfJson(message);
    if (problem !== undefined) throw new TypeError(`the message${problem}`);
    return JSON.stringify(message);
  },
  deserialize: (data) => (typeof data === 'string' ? JSON.parse(data) : data) as unknown,
};

/** Text and bytes as they are. */
export const asIs: SocketSerializer<unknown, unknown> = {
  serialize: (message) => message as SocketData,
  deserialize: (data) => data,
};

/**
 * What to hand to the platform.
 *
 * @throws NetworkError `invalid-argument` for what the platform cannot send.
 */
export function serialized<Out>(
  { serialize }: Pick<SocketSerializer<unknown, Out>, 'serialize'>,
  message: Out,
  call: CallDetails,
): SocketData {
  const refuse = (what: string, cause?: unknown) =>
    new NetworkError(what, { ...call, code: 'invalid-argument', phase: 'check', cause });
  let data: unknown;
  try {
    data = serialize(message);
  } catch (cause) {
    throw refuse(`the message cannot be serialized: ${String((cause as Partial<Error> | undefined)?.message)}`, cause);
  }
  if (typeof data === 'string' || isBytes(data)) return data;
  throw refuse(
    ArrayBuffer.isView(data)
      ? (problemOfData(data) as string)
      : `a message must be serialized to a string or an ArrayBuffer; got ${kindOf(data)}`,
  );
}

/**
 * What came in.
 *
 * @throws NetworkError `decode` when it is not what was expected.
 */
export function deserialized<In>(
  { deserialize }: Pick<SocketSerializer<In, never>, 'deserialize'>,
  data: SocketData,
  call: CallDetails,
): In {
  let message: In;
  try {
    message = deserialize(data);
  } catch (cause) {
    throw new NetworkError('a message came that cannot be deserialized; give a serializer that can', {
      ...call,
      code: 'decode',
      phase: 'body',
      cause,
    });
  }
  return atOnce('deserialize', message, call);
}

/**
 * What a function of the app's gave back, which is not waited for: a promise would pass for a message, or for "yes".
 *
 * @throws NetworkError `invalid-argument` for a promise.
 */
export function atOnce<T>(name: string, value: T, call: CallDetails): T {
  if (typeof value !== 'object' || !isPromise(value)) return value;
  throw invalidArgument(`${name} must return its value at once; got a promise`, call);
}
