import { asyncScheduler, type Observable } from 'rxjs';
import { isNetworkError } from '../src/index.js';
import {
  createSimulator,
  scriptWire,
  type SimulatedWx,
  type ScriptWire,
  type Simulator,
} from '../src/simulator/index.js';
import { breaks, bytes, chunk, headers, json, marbles, sent, text, type TestKit } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf, type Surroundings } from './support/readme.js';

const API = 'https://api.example.com';
const CHAT = 'wss://api.example.com/chat';
const utf8 = (value: string) => new TextEncoder().encode(value);

describe.each([
  ['English', ENGLISH],
  ['Chinese', CHINESE],
])('the code of the %s pages', (_language, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  /** The blocks as the modules of an app on that phone. */
  const appOn = (wx: SimulatedWx, more: object = {}, surroundings?: Surroundings) => {
    Object.assign(globalThis, { wx: { ...wx, getStorageSync: () => 'first', ...more } });
    return loaderOf(pages, surroundings);
  };
  const openPage = <Page extends object>(wx: SimulatedWx, file: string, shown: (data: object) => void) => {
    let page: (Page & { data: object; onUnload: () => void }) | undefined;
    const Page = (options: NonNullable<typeof page>) => (page = options);
    appOn(wx, {}, { globals: { Page, console: { warn: (error: unknown) => shown({ warned: error }) } } })(file);
    return Object.assign(page!, {
      setData(data: object) {
        Object.assign(page!.data, data);
        shown(data);
      },
    });
  };
  const photoOn = (wx: SimulatedWx) => {
    const filePath = `${wx.env.USER_DATA_PATH}/photo.jpg`;
    wx.getFileSystemManager().writeFileSync(filePath, 'not really a photo');
    return filePath;
  };

  describe('an upload', () => {
    interface PhotoPage {
      send(filePath: string): void;
    }

    it(
      'shows its progress, then what the server made of it',
      marbles(({ wx, server, flush }) => {
        const { requests } = server
          .upload(`${API}/photos`)
          .replies('-s-t-r|', { s: sent(40), t: sent(80), r: json({ id: 'p1' }) });
        const shown: { percent?: number; photo?: string }[] = [];
        openPage<PhotoPage>(wx, 'photo-page', (data) => shown.push(data)).send(photoOn(wx));
        flush();

        const percents = shown.flatMap(({ percent }) => percent ?? []);
        expect(percents).toEqual([...percents].sort((a, b) => a - b));
        expect(percents.filter((percent) => percent === 100)).toHaveLength(1);
        expect(shown.at(-1)).toEqual({ photo: 'p1' });
        expect(requests[0]?.text).toMatch(/name="photo"; filename="photo\.jpg"[^]*not really a photo/);
      }),
    );

    it(
      'shows why it failed, and lets go when the page is left',
      marbles(({ wx, server, flush, expectCalls }) => {
        const route = server
          .upload(`${API}/photos`)
          .replies('r|', { r: text('', { status: 413 }) })
          .replies('-');
        const shown: object[] = [];
        const page = openPage<PhotoPage>(wx, 'photo-page', (data) => shown.push(data));
        page.send(photoOn(wx));
        asyncScheduler.schedule(() => page.send(photoOn(wx)), 5);
        asyncScheduler.schedule(() => page.onUnload(), 7);
        expectCalls(route).toBe(['^', '-----^-!']);
        flush();

        expect(shown).toContainEqual({ problem: expect.stringContaining('413') });
      }),
    );
  });

  describe('a download', () => {
    type OpenReport = (showPercent: (percent: number) => void) => Observable<unknown>;

    it(
      'shows its progress, and opens the file',
      marbles(({ wx, server, flush }) => {
        const seen: unknown[] = [];
        server
          .download(`${API}/report.pdf`)
          .replies('-h-c-c|', { h: headers(200, { 'Content-Length': '8' }), c: chunk('four') });
        const openDocument = ({ filePath }: { filePath: string }) =>
          seen.push(wx.getFileSystemManager().readFileSync(filePath, 'utf8'));
        const { openReport } = appOn(wx, { openDocument })<{ openReport: OpenReport }>('report');
        openReport((percent) => seen.push(percent)).subscribe();
        flush();

        expect(seen).toEqual([50, 100, 'fourfour']);
      }),
    );

    it(
      'opens no error page',
      marbles(({ wx, server, flush }) => {
        server.download(`${API}/report.pdf`).replies('r|', { r: text('not here', { status: 404 }) });
        const opened: unknown[] = [];
        const { openReport } = appOn(wx, { openDocument: () => opened.push('a page') })<{ openReport: OpenReport }>(
          'report',
        );
        openReport(() => undefined).subscribe({ error: ({ code }: { code: string }) => opened.push(code) });
        flush();

        expect(opened).toEqual(['status']);
      }),
    );
  });

  it(
    'several files: in one form, and bytes by PUT',
    marbles(({ wx, server, flush }) => {
      const album = server.post(`${API}/albums/7`).replies('-r|', { r: json({ saved: 2 }) });
      const store = server.put(`${API}/presigned`).replies('-r|', { r: text('kept') });
      type Album = Record<'sendAll' | 'put', (...args: unknown[]) => Observable<{ body: unknown }>>;
      const { sendAll, put } = appOn(wx)<Album>('album');
      const bodies: unknown[] = [];

      sendAll([photoOn(wx)], utf8('a note').buffer).subscribe(({ body }) => bodies.push(body));
      put(photoOn(wx), `${API}/presigned`).subscribe(({ body }) => bodies.push(body));
      flush();

      expect(bodies).toEqual([{ saved: 2 }, 'kept']);
      expect(album.requests[0]?.text).toMatch(
        /name="title"[^]*filename="photo\.jpg"[^]*filename="note\.txt"[^]*a note/,
      );
      expect(store.requests[0]).toMatchObject({ text: 'not really a photo', header: { 'content-type': 'image/png' } });
    }),
  );

  describe('a streamed answer', () => {
    it(
      'comes letter by letter, torn wherever',
      marbles(({ wx, server, expectObservable }) => {
        const said = utf8('data: 你好\n\ndata: ！\r\n\r\n');
        server.post(`${API}/answers`).replies('-h-a-b-c|', {
          h: headers(200, { 'Content-Type': 'text/event-stream' }),
          a: chunk(said.slice(0, 7)),
          b: chunk(said.slice(7, 15)),
          c: chunk(said.slice(15)),
        });
        const { ask } = appOn(wx)<{ ask: (question: string) => Observable<string> }>('ask');

        expectObservable(ask('hello?')).toBe('-----b-c|', { b: '你好', c: '你好！' });
      }),
    );

    it(
      'that is refused is an error with the body',
      marbles(({ wx, server, flush }) => {
        server.post(`${API}/answers`).replies('-r|', { r: json({ msg: 'no credit' }, { status: 402 }) });
        const { ask } = appOn(wx)<{ ask: (question: string) => Observable<string> }>('ask');
        const bodies: unknown[] = [];
        ask('hello?').subscribe({
          error: (error) => isNetworkError(error, 'status') && bodies.push(error.response.body),
        });
        flush();

        expect(bodies).toEqual([{ msg: 'no credit' }]);
      }),
    );

    const eventStream = { 'Content-Type': 'text/event-stream' };
    type Answer = (id: string) => Observable<string>;

    it(
      'goes on behind the last event, after a break and after the background',
      marbles(({ wx, server, app, flush }) => {
        const route = server
          .get(`${API}/answers/42`)
          .replies('-h-a-#', { h: headers(200, eventStream), a: chunk('retry: 500\nid: 1\ndata: one\n\n') }, 'reset')
          .replies('-h-a----', { h: headers(200, eventStream), a: chunk('id: 2\ndata:  two\n\nid: 3\ndata: lost') })
          .replies('-h-a|', { h: headers(200, eventStream), a: chunk('id: 3\ndata:  three\n\n') });
        app('1s h 8s s');
        const { answer } = appOn(wx)<{ answer: Answer }>('resumed-answer');
        const shown: string[] = [];
        answer('42').subscribe((soFar) => shown.push(soFar));
        flush();

        expect(shown).toEqual(['one', 'one two', 'one two three']);
        expect(route.requests.map(({ header }) => header['Last-Event-ID'])).toEqual([undefined, '1', '2']);
      }),
    );

    it(
      'is not asked for again when the server refuses',
      marbles(({ wx, server, flush }) => {
        const route = server.get(`${API}/answers/42`).replies('r|', { r: text('', { status: 404 }) });
        const { answer } = appOn(wx)<{ answer: Answer }>('resumed-answer');
        const codes: string[] = [];
        answer('42').subscribe({ error: ({ code }: { code: string }) => codes.push(code) });
        flush();

        expect(codes).toEqual(['status']);
        expect(route.requests).toHaveLength(1);
      }),
    );
  });

  it(
    '[ENC-1] a page in GBK: is decoded here',
    marbles(({ wx, server, expectObservable }) => {
      const page = bytes(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3), {
        headers: { 'Content-Type': 'text/html; charset=gbk' },
      });
      server.get(`${API}/news`).replies('-r|', { r: page });
      const { news$ } = appOn(wx)<{ news$: Observable<string> }>('news');

      expectObservable(news$).toBe('--(n|)', { n: '你好' });
    }),
  );

  describe('the chat', () => {
    const message = (id: number, room = 'tea') => JSON.stringify({ type: 'text', id, room, text: `number ${id}` });
    interface ChatPage {
      onLoad(): void;
      say(text: string): void;
    }

    it(
      '[BG-1] goes on where it was, at once on the return, and sends what was said meanwhile',
      marbles(({ wx, server, app, flush }) => {
        const route = server
          .socket(CHAT)
          .plays('-o-a', { a: message(1) })
          .plays('-o-b', { b: message(2) });
        const heard: unknown[] = [];
        route.heard$.subscribe((data) => heard.push(JSON.parse(String(data))));
        app('1s h 60s s');
        const shown: { online?: boolean }[] = [];
        const page = openPage<ChatPage>(wx, 'chat-page', (data) => shown.push(data));
        page.onLoad();
        asyncScheduler.schedule(() => page.say('hello'), 30_000);
        asyncScheduler.schedule(() => page.onUnload(), 62_000);
        flush();

        expect(page.data).toMatchObject({ messages: [{ id: 1 }, { id: 2 }], unsent: '' });
        expect(heard).toEqual([
          { type: 'login', token: 'first', after: 0 },
          { type: 'login', token: 'first', after: 1 },
          { type: 'text', text: 'hello' },
        ]);
        expect(route.requests).toHaveLength(2);
        expect(shown.flatMap(({ online }) => online ?? [])).toContain(true);
      }),
    );

    it(
      'is closed when the page is left; its heartbeat has its replies to itself',
      marbles(({ wx, server, flush, expectCalls }) => {
        const route = server.socket(CHAT).plays('-o 20s p 20s p', { p: '{"type":"pong"}' });
        const heard: unknown[] = [];
        route.heard$.subscribe((data) => heard.push((JSON.parse(String(data)) as { type: string }).type));
        const page = openPage<ChatPage>(wx, 'chat-page', () => undefined);
        page.onLoad();
        asyncScheduler.schedule(() => page.onUnload(), 50_000);
        expectCalls(route).toBe('^');
        flush();

        expect(heard).toEqual(['login', 'ping', 'ping']);
        expect(page.data).toMatchObject({ messages: [], online: expect.any(Boolean) });
      }),
    );

    it(
      'has rooms, which are joined and left, and a listener who is slower',
      marbles(({ wx, server, flush }) => {
        const route = server.socket(CHAT).plays('-o-a-b-c', { a: message(1), b: message(2, 'coffee'), c: message(3) });
        const heard: unknown[] = [];
        route.heard$.subscribe((data) => heard.push(JSON.parse(String(data))));
        type Rooms = {
          room$: (room: string) => Observable<{ id: number }>;
          drawn$: (room: string, draw: (text: string) => Promise<void>) => Observable<unknown>;
        };
        const { room$, drawn$ } = appOn(wx)<Rooms>('room');
        const ids: number[] = [];
        const drawn: string[] = [];
        const tea = room$('tea').subscribe(({ id }) => ids.push(id));
        const slow = drawn$('tea', (said) => {
          drawn.push(said);
          return new Promise(() => undefined);
        }).subscribe();
        asyncScheduler.schedule(() => tea.unsubscribe(), 100);
        asyncScheduler.schedule(() => slow.unsubscribe(), 100);
        flush();

        expect(ids).toEqual([1, 3]);
        expect(drawn).toEqual(['number 1']);
        expect(heard.slice(1)).toEqual([
          { type: 'join', room: 'tea' },
          { type: 'leave', room: 'tea' },
        ]);
      }),
    );
  });

  it(
    'what was said is said again until the room says it back',
    marbles(({ wx, server, flush }) => {
      const said = { key: 'a', text: 'hello' };
      const route = server
        .socket('wss://api.example.com/room')
        .plays('-o--x', { x: breaks() })
        .plays('-o--m 96ms x', { m: JSON.stringify({ id: 7, ...said }), x: breaks() })
        .plays('-o');
      const heard: unknown[] = [];
      route.heard$.subscribe((data) => heard.push(JSON.parse(String(data))));
      type Unlost = { heard$: Observable<{ id: number }>; say: (said: object) => void };
      const { heard$, say } = appOn(wx)<Unlost>('unlost');
      const ids: number[] = [];
      const page = heard$.subscribe(({ id }) => ids.push(id));
      asyncScheduler.schedule(() => say(said), 2);
      asyncScheduler.schedule(() => page.unsubscribe(), 20_000);
      flush();

      expect(ids).toEqual([7]);
      expect(heard).toEqual([{ after: 0 }, said, { after: 0 }, said, { after: 7 }]);
    }),
  );

  it(
    'TCP and UDP: a line and its echo, and who answers a broadcast',
    marbles(({ flush }) => {
      const { wx } = createSimulator({
        wire: scriptWire(
          {},
          {
            tcp: { '192.168.1.7:9000': { says$: (heard$) => heard$ } },
            udp: { '192.168.1.7:9001': { says$: (heard$) => heard$ } },
          },
        ),
      });
      type Devices = {
        lines$: (address: string, line: string) => Observable<string>;
        found$: Observable<string>;
      };
      const { lines$, found$ } = appOn(wx)<Devices>('devices');
      const seen: string[] = [];
      const lines = lines$('192.168.1.7', 'hello').subscribe((line) => seen.push(line));
      found$.subscribe({ next: (address) => seen.push(address), complete: () => seen.push('over') });
      asyncScheduler.schedule(() => lines.unsubscribe(), 4_000);
      flush();

      expect(seen.sort()).toEqual(['192.168.1.7', 'hello', 'over']);
    }),
  );

  it('the neighbourhood: finds the lamp', async () => {
    const { phone } = loaderOf(pages)<{ phone: Simulator }>('neighbourhood');
    const found = await new Promise((resolve) => {
      phone.wx.onLocalServiceFound(resolve);
      void phone.wx.startLocalServiceDiscovery({ serviceType: '_http._tcp' });
    });
    await phone.close();

    expect(found).toMatchObject({ serviceName: 'lamp', ip: '127.0.0.3', port: 9000 });
  });

  it('the six phones: are what they are called', async () => {
    const { windows, marbles } = loaderOf(pages)<{ windows: Simulator; marbles: TestKit['marbles'] }>('six-phones');
    expect(windows.wx.getDeviceInfo().platform).toBe('windows');
    await windows.close();

    marbles(({ wx }) => expect(wx.getDeviceInfo().platform).toBe('ohos'))();
  });

  it(
    'the script: answers, echoes, kicks, dies and refuses',
    marbles(({ flush }) => {
      const { wire } = loaderOf(pages)<{ wire: ScriptWire }>('scripted');
      const chat = 'wss://chat.example.com';
      const { wx } = createSimulator({ domains: { request: [API], socket: [chat] }, wire });
      const seen: string[] = [];
      wx.request({ url: `${API}/answer`, dataType: 'text', success: ({ data }) => seen.push(data as string) });
      wx.request({
        url: `${API}/photos`,
        method: 'POST',
        data: 'four',
        success: ({ data }) => seen.push(data as string),
      });
      for (const path of ['echo', 'kicks', 'dies', 'no']) {
        const task = wx.connectSocket({ url: `${chat}/${path}` });
        task.onOpen(() => task.send({ data: 'hi' }));
        task.onMessage(({ data }) => seen.push(`${path}: ${data as string}`));
        task.onClose(({ code }) => seen.push(`${path}: ${code}`));
        task.onError(() => seen.push(`${path}: refused`));
        asyncScheduler.schedule(() => task.close({}), 5_000);
      }
      flush();

      expect(seen).toEqual(
        expect.arrayContaining(['data: a\n\ndata: b\n\n', '4 bytes', 'echo: hi', 'kicks: 4001', 'no: refused']),
      );
      expect(seen).not.toContain('dies: hi');
    }),
  );
});
