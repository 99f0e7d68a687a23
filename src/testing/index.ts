/**
 * The test kit: marble tests of an app's own network code, on the simulator, in virtual time.
 */

// Tests of streams, of promises, of operators
export { marbles, type MarbleHelpers } from './marbles.js';
export { scenario, type ScenarioHelpers, type ScenarioOptions } from './scenario.js';
export { obeysTheLaws, type LawLetters, type LawOptions } from './laws.js';
export { createTestKit, type TestKit } from './create-test-kit.js';
export type { AssertDeepEqual, KitOptions } from './kit-options.js';

// What the server answers
export {
  bytes,
  chunk,
  headers,
  json,
  sent,
  text,
  type ReceivedRequest,
  type Reply,
  type ReplyHead,
  type ReplyMark,
  type ReplyValue,
} from './replies.js';
export type { ReplyFailure } from './reply-failures.js';
export type { ReplyValues, ScriptedRoute } from './route.js';
export { breaks, closes, dies, opens, type SocketDeath, type SocketMark } from './socket-replies.js';
export type { ScriptedSocketRoute, SocketValues } from './socket-route.js';
export type { CallLog } from './promises.js';
export type { ScriptedServer } from './server.js';

// In place of a phone, and of what comes from one
export { installGlobalWx } from './global-wx.js';
export { scriptedWx, type ScriptedWx, type ScriptedWxOptions, type WireMark } from './scripted-wx.js';
export type { SocketWireMark } from './scripted-sockets.js';
export type { TcpWireMark, UdpWireMark } from './scripted-raw-sockets.js';
export { httpResponse } from './http-response.js';
export { inForeground$ } from './in-foreground.js';

// A whole app
export { launch, type LaunchOptions } from './launch.js';
export type { AppDriver, CallPattern, PageInFront } from '../miniprogram/driver.js';
export type { AppReport, CallOutcome, RecordedCall, RecordedError } from '../miniprogram/app-record.js';
export type { AppProblemKind, SourcePlace } from '../miniprogram/app-problem.js';
export type { ConsoleLevel } from '../miniprogram/phone-globals.js';
export type { StandInKind } from '../miniprogram/stand-ins.js';

// What was told, and when
export { timeline, type Timeline } from './timeline.js';
