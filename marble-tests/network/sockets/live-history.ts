import { asyncScheduler, Subject, takeUntil, type Subscription } from 'rxjs';
import { createNetwork } from '../../../src/index.js';
import { createSocket, socketQueue, type Socket } from '../../../src/sockets.js';
import { optionsOf } from './manner-options.js';
import type { History, Inside, SocketLife, SocketManner, Step } from './socket-history.js';
import { watchStatus, type StatusWatch } from './status-watch.js';
import { createUnrulyPhone, type PhoneConnection, type UnrulyPhone } from './unruly-phone.js';

/** One who listens to a socket, and what came last: of which connection, and which message of it. */
interface Listener {
  readonly left$: Subject<void>;
  subscription: Subscription | undefined;
  inside: Inside;
  connection: number;
  message: number;
}

/** One socket of the app. */
interface User {
  readonly which: number;
  readonly manner: SocketManner;
  readonly socket: Socket<string, string>;
  readonly status: StatusWatch;
  listeners: Listener[];
  life: SocketLife | undefined;
  /** When the last listener left, in milliseconds. */
  leftAt: number;
}

/** What the app has been told of one message that it sent. */
interface Sent {
  readonly which: number;
  result: 'taken' | 'refused' | undefined;
}

/** Schedules all of a history in virtual time; `fault` gets whatever is not as it should be. */
export function liveHistory({ manners, steps }: History, fault: (what: string) => void): void {
  const sent = new Map<string, Sent>();
  const users: User[] = [];
  const phone = createUnrulyPhone({
    lifeOf: (which) => users[which]?.life as SocketLife,
    fault,
    delivered: (connection, index, readable) => heardBy(users[connection.which] as User, connection, index, readable),
  });
  const network = createNetwork({ wx: phone.wx, onWarning: () => undefined });
  const socket$ = createSocket(network);
  const after = (ms: number, act: () => void) => void asyncScheduler.schedule(act, ms);

  const heardBy = ({ listeners, manner }: User, connection: PhoneConnection, index: number, readable: boolean) => {
    const isHandedOn = readable || manner.serializer === 'none' || manner.onUnreadable === 'hands on';
    // Who asked for its end in answer to this message has perhaps not heard it.
    if (connection.left || !isHandedOn) return;
    const hasMissed = ({ subscription, ...last }: Listener) =>
      subscription?.closed === false && (last.connection !== connection.number || last.message !== index);
    if (listeners.some((listener) => listener.inside !== 'listens too' && hasMissed(listener)))
      fault('a message was lost');
  };
  const isListenedTo = ({ listeners }: User) => listeners.some(({ subscription }) => subscription?.closed === false);
  const listen = (user: User, inside: Inside) => {
    const mine: Listener = { left$: new Subject(), subscription: undefined, inside, connection: 0, message: 0 };
    user.listeners.push(mine);
    const hear = (text: string) => {
      if (/pong/.test(text)) {
        fault('the reply to a heartbeat was handed on');
        return;
      }
      const [connection = 0, message = 0] = text.replaceAll('"', '').split(':').map(Number);
      if (connection < mine.connection) fault('a dead socket delivered into the next');
      if (connection === mine.connection && message <= mine.message) fault('doubled or out of order');
      if (mine.subscription?.closed === true) fault('delivered after the end');
      Object.assign(mine, { connection, message });
      const { inside: now } = mine;
      if (now === 'listens too') return;
      mine.inside = 'nothing';
      if (now === 'leaves') leave(user, mine);
      if (now === 'sends') send(user);
      if (now === 'closes') user.socket.close();
    };
    const subscription = user.socket.messages$
      .pipe(takeUntil(mine.left$))
      .subscribe({ next: hear, error: () => undefined });
    mine.subscription = subscription;
    subscription.add(() => (user.leftAt = asyncScheduler.now()));
  };
  const leave = (user: User, listener = user.listeners.pop()) => {
    user.listeners = user.listeners.filter((one) => one !== listener);
    // By a signal: one may leave while it begins, and has no subscription yet.
    listener?.left$.next();
  };
  const leaveAll = (user: User) => {
    while (user.listeners.length > 0) leave(user);
  };
  const send = (user: User) => {
    const text = `message ${sent.size + 1}`;
    const mine: Sent = { which: user.which, result: undefined };
    sent.set(user.manner.serializer === 'json' ? JSON.stringify(text) : text, mine);
    user.socket
      .send(text)
      .subscribe({ complete: () => (mine.result = 'taken'), error: () => (mine.result = 'refused') });
  };

  manners.forEach((manner, which) => {
    const user: User = {
      which,
      manner,
      socket: socket$<string>(
        optionsOf(which, manner, {
          leave: () => leaveAll(user),
          listen: () => listen(user, 'nothing'),
          close: () => user.socket.close(),
        }),
      ),
      status: watchStatus(phone, fault),
      listeners: [],
      life: undefined,
      leftAt: -Infinity,
    };
    users.push(user);
    user.socket.status$.subscribe((status) => user.status.take(status));
  });
  const look = () => {
    const { running } = socketQueue(network).snapshot();
    for (const user of users) {
      user.status.look(running);
      const isOpenFor = user.manner.keepOpenMs ?? -1;
      const isKept = asyncScheduler.now() - user.leftAt <= isOpenFor;
      if (isListenedTo(user)) {
        if (user.status.state === 'closed') fault('closed while somebody listens');
      } else if (!isKept && user.status.state !== 'closed') fault(`${user.status.state} while nobody listens`);
    }
  };
  const act: { [Do in Step['do']]: (step: Extract<Step, { do: Do }>) => void } = {
    hide: () => phone.hide(),
    show: () => phone.show(),
    network: ({ type, told }) => phone.change(type, told),
    leave: ({ which }) => leave(users[which] as User),
    send: ({ which }) => send(users[which] as User),
    close: ({ which, code }) => users[which]?.socket.close(code),
    listen({ which, life, inside }) {
      const user = users[which] as User;
      user.life = life;
      listen(user, inside);
    },
  };

  let at = 0;
  for (const [waitMs, step] of steps) {
    after((at += waitMs), () => act[step.do](step as never));
    after(at, look);
  }
  after(at + 1, () => {
    phone.mend();
    phone.show();
    phone.change('wifi', true);
  });
  after(at + 20_000, () => {
    look();
    const wanted = users.filter(isListenedTo);
    const open = wanted.filter(({ status }) => status.state === 'open').length;
    const waiting = wanted.filter(({ status }) => status.state === 'waiting').length;
    if (open < Math.min(5, wanted.length)) fault(`only ${open} are open, ${waiting} wait, of ${wanted.length}`);
    users.forEach(leaveAll);
  });
  after(at + 20_400, look);
  after(at + 60_000, () => {
    const { size, running, paused } = socketQueue(network).snapshot();
    if (size !== 0 || running !== 0 || paused) fault(`places lost: ${JSON.stringify({ size, running, paused })}`);
    if (phone.held !== 0) fault('sockets were left open');
    account(phone, sent, fault);
  });
}

/** Whether what became of each message is what its sender was told. */
function account({ taken }: UnrulyPhone, sent: ReadonlyMap<string, Sent>, fault: (what: string) => void): void {
  const counts = new Map<unknown, number>();
  const last: number[] = [];
  for (const { which, data } of taken) {
    counts.set(data, (counts.get(data) ?? 0) + 1);
    const number = Number(/message (\d+)/.exec(data as string)?.[1] ?? Infinity);
    if (number < (last[which] ?? 0)) fault('sent out of order');
    if (number !== Infinity) last[which] = number;
  }
  for (const [text, { result }] of sent) {
    const times = counts.get(text) ?? 0;
    if (times > 1) fault('sent twice');
    if (result === undefined) fault('a message was dropped in silence');
    if (result === 'taken' && times === 0) fault('said to be sent, and was not');
  }
}
