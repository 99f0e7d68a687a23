import { asyncScheduler } from 'rxjs';
import type { NetworkType, WxNetworkStatusPort, WxPort } from '../../../src/index.js';
import type { SocketData, WxConnectSocketOption, WxConnectSocketPort, WxSocketTask } from '../../../src/sockets.js';
import type { SocketLife } from './socket-history.js';

/** One connection, as the platform knows it. */
export interface PhoneConnection {
  readonly number: number;
  readonly which: number;
  readonly opened: boolean;
  /** Whether the library has asked for its end. */
  readonly left: boolean;
}

/** A phone that does to sockets whatever a history says, and writes down what was asked of it. */
export interface UnrulyPhone {
  readonly wx: WxPort & WxConnectSocketPort & WxNetworkStatusPort;
  hide(): void;
  show(): void;
  /** Changes the network; without a word, if it is not told. */
  change(type: NetworkType, told: boolean): void;
  /** From now on nothing breaks, and everybody answers. */
  mend(): void;
  readonly hidden: boolean;
  /** Whether the library was told last that there is a network. */
  readonly toldOnline: boolean;
  /** How many places are taken. */
  readonly held: number;
  /** What was taken, by whom and in which order. */
  readonly taken: readonly { readonly which: number; readonly data: SocketData }[];
}

/** What looks at it. */
export interface PhoneWatch {
  readonly lifeOf: (which: number) => SocketLife;
  readonly fault: (what: string) => void;
  /** A message was handed to the library: its number on that connection, and whether it can be read. */
  readonly delivered: (connection: PhoneConnection, index: number, readable: boolean) => void;
}

const DEAD_WORDS = {
  'not connected': 'sendSocketMessage:fail WebSocket is not connected',
  'no such task': 'sendSocketMessage:fail wcwss taskID not exist',
  'the connection was lost': 'sendSocketMessage:fail The network connection was lost',
} as const;

const after = (ms: number, act: () => void) => void asyncScheduler.schedule(act, ms);

/** What the phone's connections share. */
interface Phone {
  hidden: boolean;
  networkType: NetworkType;
  well: boolean;
  held: number;
  made: number;
  readonly taken: { which: number; data: SocketData }[];
  readonly cuts: Set<() => void>;
  readonly losses: Set<() => void>;
}

/** Makes it, in front, on Wi-Fi. */
export function createUnrulyPhone(watch: PhoneWatch): UnrulyPhone {
  const phone: Phone = {
    hidden: false,
    networkType: 'wifi',
    well: false,
    held: 0,
    made: 0,
    taken: [],
    cuts: new Set(),
    losses: new Set(),
  };
  const app = { show: () => {}, hide: () => {} };
  const networkListeners: Parameters<WxNetworkStatusPort['onNetworkStatusChange']>[0][] = [];
  let toldOnline = true;
  let hides = 0;

  return {
    wx: {
      request: () => ({ abort: () => undefined }),
      connectSocket: (option) => {
        if (phone.hidden) watch.fault('connected in the background');
        if (!toldOnline) watch.fault('connected without a network');
        return connect(phone, watch, option);
      },
      onAppShow: (listener: () => void) => (app.show = listener),
      onAppHide: (listener: () => void) => (app.hide = listener),
      getNetworkType: ({ success }) => {
        toldOnline = phone.networkType !== 'none';
        success?.({ networkType: phone.networkType });
      },
      onNetworkStatusChange: (listener) => networkListeners.push(listener),
    },
    hide() {
      if (phone.hidden) return;
      phone.hidden = true;
      const mine = ++hides;
      app.hide();
      after(5_000, () => {
        if (phone.hidden && mine === hides) for (const cut of [...phone.cuts]) cut();
      });
    },
    show() {
      if (!phone.hidden) return;
      phone.hidden = false;
      app.show();
    },
    change(networkType, told) {
      if (networkType !== phone.networkType) {
        phone.networkType = networkType;
        for (const lose of [...phone.losses]) lose();
      }
      if (!told) return;
      toldOnline = networkType !== 'none';
      for (const listener of networkListeners) listener({ isConnected: toldOnline, networkType });
    },
    mend: () => (phone.well = true),
    get hidden() {
      return phone.hidden;
    },
    get toldOnline() {
      return toldOnline;
    },
    get held() {
      return phone.held;
    },
    taken: phone.taken,
  };
}

function connect(phone: Phone, watch: PhoneWatch, option: WxConnectSocketOption): WxSocketTask {
  const which = Number(option.url.split('/').pop());
  const life = watch.lifeOf(which);
  const connection = { number: ++phone.made, which, opened: false, left: false };
  const on: { [Name in 'open' | 'message' | 'error' | 'close']?: (result: never) => void } = {};
  const tell = (name: keyof typeof on, result: object) => on[name]?.(result as never);
  let counts = true;
  let deaf = false;
  let toldEnd = false;
  let unreachable = phone.networkType === 'none';
  if (++phone.held > 5) watch.fault('more than five');

  const letGo = () => {
    if (counts) phone.held--;
    counts = false;
    phone.cuts.delete(cut);
    phone.losses.delete(lose);
  };
  const die = () => {
    deaf = true;
    letGo();
  };
  const tellClose = (code: number | undefined, reason: string) => {
    if (deaf) return;
    die();
    toldEnd = true;
    tell('close', { code, reason });
  };
  const tellError = (alone: boolean) => {
    if (deaf) return;
    if (alone) die();
    toldEnd = true;
    tell('error', { errMsg: 'Underlying Transport Error' });
    tellClose(1006, '');
  };
  const cut = () => (life.inBackground === 'tells' ? tellClose(1000, 'interrupted') : die());
  const lose = () => {
    if (life.network === 'closes') tellClose(1006, 'abnormal closure');
    else if (life.network === 'silent') unreachable = true;
  };
  phone.cuts.add(cut);
  phone.losses.add(lose);

  const deliver = (index: number) => {
    if (toldEnd || (deaf && life.end !== 'ghost')) return;
    const text = `${connection.number}:${index}`;
    const readable = life.badEvery === 0 || index % life.badEvery !== 0;
    if (connection.opened && !unreachable) {
      tell('message', { data: readable ? JSON.stringify(text) : text });
      watch.delivered(connection, index, readable);
    }
    // In the end each falls silent, or one that is never closed would go on for ever. A ghost has not much left to say.
    if (index < (deaf ? 20 : 300)) after(index < 60 ? life.messageEvery : 500, () => deliver(index + 1));
  };
  const fail = (errMsg: string) => {
    if (deaf) return;
    die();
    option.fail?.({ errMsg });
  };

  if (life.end === 'refused' && !phone.well)
    after(life.opensAfter, () => fail('connectSocket:fail fail reach max websocket connect count 5'));
  else {
    after(life.opensAfter, () => {
      if (unreachable) tellError(false);
      else if (!deaf) {
        connection.opened = true;
        tell('open', { header: {} });
        after(life.messageEvery, () => deliver(1));
      }
    });
    after(life.endsAfter, () => {
      if (phone.well) return;
      if (life.end === 'closes') tellClose(life.code, 'bye');
      if (life.end === 'error' || life.end === 'error only') tellError(life.end === 'error only');
      if (life.end === 'silent' || life.end === 'ghost') die();
    });
  }

  return {
    send({ data, success, fail: refuse }) {
      if (data === 'ping' || data === '"ping"') {
        if (!deaf && !unreachable && (phone.well || life.pongs))
          after(20, () => deaf || tell('message', { data: data.replace('ping', 'pong') }));
        return success?.();
      }
      const answersAfter = phone.well ? 0 : life.answersAfter;
      const isDead = deaf;
      if (!isDead) phone.taken.push({ which, data });
      const answer = () => (isDead ? refuse?.({ errMsg: DEAD_WORDS[life.deadSend] }) : success?.());
      if (answersAfter === 0) answer();
      else if (answersAfter !== undefined) after(answersAfter, answer);
    },
    close({ code = 1000, reason = '' }) {
      connection.left = true;
      // Where it never answers, it lets go in the end all the same, within the deadline.
      after(life.closesAfter ?? 4_000, () => {
        if (life.closesAfter === undefined) die();
        else tellClose(code, reason);
      });
    },
    onOpen: (listener) => (on.open = listener),
    onMessage: (listener) => (on.message = listener),
    onError: (listener) => (on.error = listener),
    onClose: (listener) => (on.close = listener),
  };
}
