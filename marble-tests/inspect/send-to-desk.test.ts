import { NEVER, of, takeUntil, timer, type Observable } from 'rxjs';
import { createHttp, createNetwork } from '../../src/index.js';
import { networkEvents$, sendToDesk, type InspectEvent } from '../../src/inspect.js';
import { createSocket } from '../../src/sockets.js';
import { httpResponse, marbles, scriptedWx, type MarbleHelpers, type SocketWireMark } from '../../src/testing/index.js';

const url = 'ws://192.168.1.20:9229';
const marks: Record<string, SocketWireMark> = {
  o: { open: { header: {} } },
  w: { message: { data: '{"type":"welcome","version":1}' } },
  x: { close: { code: 1006, reason: '' } },
  r: { close: { code: 4403, reason: 'another code' } },
};

/** An app that tells the desk, and leaves at `endsAtMs`. */
function telling(
  { app }: MarbleHelpers,
  lane: string,
  sockets: (index: number) => Observable<SocketWireMark>,
  endsAtMs: number,
) {
  const warnings: string[] = [];
  const sent: { readonly type: string; readonly events?: readonly InspectEvent[] }[] = [];
  const wx = scriptedWx(() => NEVER, {
    app$: app(lane),
    sockets,
    onSend: (data) => {
      sent.push(JSON.parse(data as string) as (typeof sent)[number]);
      return 'taken';
    },
  });
  const network = createNetwork({
    wx,
    interceptors: [() => of(httpResponse({ body: {} }))],
    onWarning: (message) => warnings.push(message),
  });
  const life = sendToDesk(network, { url, token: 'K3D9ABCD' });
  timer(endsAtMs).subscribe(() => life.unsubscribe());
  const typesSent = () => sent.map(({ type, events }) => (events ? events.map((event) => event.type).join(' ') : type));
  return { wx, network, http$: createHttp(network), life, warnings, sent, typesSent };
}

describe('sendToDesk', () => {
  it(
    'says the code first, and after the welcome what has happened, some at a time',
    marbles((helpers) => {
      const { http$, sent, typesSent, wx } = telling(helpers, '', () => helpers.cold('-o-w', marks), 1_000);
      http$('https://api.example.com/feed').subscribe();
      helpers.flush();

      expect(sent[0]).toEqual({ type: 'hello', version: 1, token: 'K3D9ABCD', name: 'a mini program' });
      expect(typesSent()).toEqual(['hello', 'lifecycle network called completed lifecycle']);
      expect(wx.log).toContain('close 0 1000 @1000');
    }),
  );

  it(
    'connects again after a loss, more and more slowly, and keeps what happens meanwhile',
    marbles((helpers) => {
      const servers = [helpers.cold('-o-x', marks), helpers.cold('-x', marks), helpers.cold('-o-w', marks)];
      const { http$, wx, typesSent } = telling(helpers, '', (index) => servers[index] ?? NEVER, 5_000);
      timer(500).subscribe(() => http$('https://api.example.com/feed').subscribe());
      helpers.flush();

      expect(wx.log.filter((line) => line.startsWith('connect'))).toEqual([
        'connect 0 @0',
        'connect 1 @1003',
        'connect 2 @3004',
      ]);
      expect(typesSent()[2]).toBe('lifecycle network called completed lifecycle');
    }),
  );

  it(
    '[BG-1] connects again after the background',
    marbles((helpers) => {
      const { wx } = telling(helpers, '1s h 9s s', () => helpers.cold('-o-w', marks), 15_000);
      helpers.flush();

      const connects = wx.log.filter((line) => line.startsWith('connect'));
      expect(connects).toHaveLength(2);
      expect(connects[1]).toMatch(/^connect 1 @11\d{3}$/);
    }),
  );

  it(
    'gives up where the code is another, and says so',
    marbles((helpers) => {
      const { wx, life, warnings } = telling(helpers, '', () => helpers.cold('-o-r', marks), 60_000);
      timer(100).subscribe(() => expect(life.closed).toBe(true));
      helpers.flush();

      expect(wx.log.filter((line) => line.startsWith('connect'))).toHaveLength(1);
      expect(warnings).toEqual([
        expect.stringContaining('takes one of the five places'),
        expect.stringContaining('the desk has refused: another code'),
      ]);
    }),
  );

  it(
    '[LIM-3] takes one of the five places, and is not among the sockets that are told of',
    marbles((helpers) => {
      const { network, sent } = telling(helpers, '', () => helpers.cold('-o-w', marks), 1_000);
      const events: InspectEvent[] = [];
      networkEvents$(network).subscribe((event) => events.push(event));
      const socket$ = createSocket(network);
      for (let index = 0; index < 5; index++) {
        socket$(`wss://a.example.com/${index}`)
          .messages$.pipe(takeUntil(timer(900)))
          .subscribe();
      }
      helpers.flush();

      expect(events.find(({ type }) => type === 'socket-waiting')).toMatchObject({ socket: 5, running: 5 });
      expect(JSON.stringify([events, sent])).not.toContain('9229');
    }),
  );
});
