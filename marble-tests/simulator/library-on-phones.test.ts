import { catchError, filter, map, merge, mergeMap, of, take, toArray, type Observable } from 'rxjs';
import { createHttp, createNetwork, createUpload, networkStatus$, type NetworkError } from '../../src/index.js';
import { networkQuality$ } from '../../src/resilience.js';
import type { SimulatedWx } from '../../src/simulator/create-simulator.js';
import { PHONE_NAMES, type PhoneName } from '../../src/simulator/phones.js';
import { wireHeaders } from '../../src/simulator/wires/wire.js';
import { createSocket } from '../../src/sockets.js';
import { createStream } from '../../src/streams.js';
import { chunk, headers, json, marbles, type MarbleHelpers } from '../../src/testing/index.js';
import { LISTS, LIVE } from './faces.js';
import { API } from './phone.js';

const URL = `${API}/a`;

/** What an app on the library gets, in one word each; an error is its code and what else is looked at. */
type Play = (helpers: MarbleHelpers) => Observable<unknown>;

const http = ({ wx }: { readonly wx: SimulatedWx }) => createHttp(createNetwork({ wx, domains: LISTS }));
const failed = (read: (error: NetworkError) => unknown) => catchError((error: NetworkError) => of(read(error)));

/** What the documents of 2026 say of phones, and what an app on the library gets there: discoveries/phones.md#the-documents-of-2026. */
const FACTS: readonly (readonly [title: string, play: Play, expected: (phone: PhoneName) => readonly unknown[]])[] = [
  [
    '[F1] finds a field of the header whatever its case',
    ({ wx, server }) => {
      server.get(URL).replies('r|', { r: json(1, { headers: { 'X-Total-Count': '7' } }) });
      return http({ wx })(URL).pipe(map(({ header }) => header('X-Total-Count')));
    },
    () => ['7'],
  ],
  [
    '[F2] opens a port of a listed host that the list does not name, if asked to',
    ({ wx, server }) => {
      const live = LIVE.replace('/live', ':8443/live');
      server.socket(live).plays('-om', { m: '"news"' });
      const [strict, open] = (['listed', 'any'] as const).map((wssPorts) =>
        createSocket(createNetwork({ wx, domains: LISTS, wssPorts }))({ url: live, reconnect: false }).messages$.pipe(
          take(1),
          failed(({ code, rule, message }) => [code, rule, /网络调优.*网络/.test(message)]),
        ),
      );
      return merge(strict as Observable<unknown>, open as Observable<unknown>);
    },
    () => [['domain-not-allowed', 'DOM-5', true], 'news'],
  ],
  [
    '[F3] keeps the JSON of an error for the error, where no status comes before it',
    ({ wx, server }) => {
      const h = headers(500, { 'content-type': 'application/json' });
      server.get(URL).replies('-hc|', { h, c: chunk('{"why":"busy"}') });
      return createStream(createNetwork({ wx, domains: LISTS }))(URL).pipe(
        filter(({ type }) => type !== 'sent'),
        map((event) => (event.type === 'response' ? [event.status, event.body] : event.type)),
      );
    },
    () => ['headers', [500, { why: 'busy' }]],
  ],
  [
    '[F4] tells the header before the first chunk, also where all comes at once',
    ({ wx, server }) => {
      server.get(URL).replies('(hc|)', { h: headers(), c: chunk('piece') });
      return createStream(createNetwork({ wx, domains: LISTS }))(URL).pipe(map(({ type }) => type));
    },
    () => ['sent', 'headers', 'chunk', 'response'],
  ],
  [
    '[F5] has a profile where the phone has one, and of the fast mode nothing that is only a default',
    ({ wx, server }) => {
      server.get(URL).replies('-r|', { r: json(1) });
      return http({ wx })(URL).pipe(map(({ timing: { profile } }) => [typeof profile, typeof profile?.rtt]));
    },
    (phone) =>
      phone === 'ios'
        ? [['object', 'number']]
        : [phone === 'android' ? ['object', 'undefined'] : ['undefined', 'undefined']],
  ],
  [
    '[F6] tells what went wrong below, and whether HttpDNS was used, of answers and of errors',
    ({ wx, server }) => {
      server.get(URL).replies('r|', { r: json(1) });
      server.get(`${URL}/broken`).replies('#', {}, 'reset');
      const platform = { enableHttpDNS: true };
      const call = (url: string) =>
        http({ wx })({ url, platform }).pipe(
          failed((error) => error),
          map((told) => {
            const { exception, usedHttpDns } = told as NetworkError;
            return [exception?.reasons.map(({ errno }) => errno), usedHttpDns];
          }),
        );
      return merge(call(URL), call(`${URL}/broken`));
    },
    // The fast mode has no HttpDNS, and no reason to say so.
    (phone) => (phone === 'android' ? Array(2).fill([[], false]) : Array(2).fill([['602101'], false])),
  ],
  [
    '[F7] names the failure of an upload in whatever words',
    ({ wx, server }) => {
      server.upload(URL).replies('-#', {}, 'reset');
      const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;
      wx.getFileSystemManager().writeFileSync(filePath, 'a');
      return createUpload(createNetwork({ wx, domains: LISTS }))({ url: URL, filePath, name: 'a' }).pipe(
        filter(({ type }) => type === 'response'),
        failed(({ code }) => code),
      );
    },
    () => ['connection'],
  ],
  [
    '[F8] ends a call in its time, also where the phone pays no heed to it',
    ({ wx, server }) => {
      server.get(URL).replies('9s r|', { r: json(1) });
      return http({ wx })({ url: URL, attemptMs: 5 }).pipe(failed(({ code }) => code));
    },
    () => ['timeout'],
  ],
  [
    '[F10] knows the connection on a phone that cannot take a listener off, or has no word for a weak one',
    ({ wx }) =>
      merge(
        networkStatus$({ wx }).pipe(
          take(1),
          map(({ networkType }) => networkType),
        ),
        networkQuality$(createNetwork({ wx })).pipe(
          take(1),
          map(({ source }) => source),
        ),
      ),
    (phone) => [phone === 'harmony' ? 'measured' : 'platform', 'wifi'],
  ],
  [
    "[F11] hands on redirect: 'manual', which some phones follow all the same",
    ({ wx, server }) => {
      server.get(URL).replies('r|', { r: json(1, { status: 302, headers: { Location: `${URL}/b` } }) });
      server.get(`${URL}/b`).replies('r|', { r: json(2) });
      return http({ wx })({ url: URL, platform: { redirect: 'manual' } }).pipe(
        mergeMap((response) =>
          response.status === 302
            ? http({ wx })(String(response.header('location'))).pipe(map(({ body }) => [302, body]))
            : of([response.status, response.body]),
        ),
      );
    },
    (phone) => [[phone === 'android' || phone === 'ios' || phone === 'devtools' ? 302 : 200, 2]],
  ],
  [
    '[F12] tells the protocol where the phone tells it, and finds a field in whatever case it came',
    ({ wx, server }) => {
      const connection = { protocol: 'quic', peerIP: '10.0.0.1', port: 443, socketReused: false } as const;
      server.get(URL).replies('(h|)', { h: wireHeaders(200, [['X-A', '1']], connection) });
      return http({ wx })(URL).pipe(
        map(({ header, headers: all, timing: { profile } }) => [header('X-A'), Object.keys(all), profile?.protocol]),
      );
    },
    (phone) => [['1', ['x-a'], phone === 'android' || phone === 'ios' ? 'quic' : undefined]],
  ],
  [
    '[F13] knows no neighbour over a cellular network, although it has an address and a mask',
    ({ wx, simulator }) => {
      simulator.setNetwork('4g');
      const device = () => ({ localip: '10.1.2.3', netmask: '255.0.0.0', networkType: '4g' as const });
      return createHttp(createNetwork({ wx, domains: LISTS, device }))('http://10.1.2.4/').pipe(
        failed(({ code, rule }) => [code, rule]),
      );
    },
    () => [['domain-not-allowed', 'DOM-3']],
  ],
  [
    '[F15] refuses PATCH, and says what to send',
    ({ wx }) =>
      http({ wx })({ url: URL, method: 'PATCH' as 'POST' }).pipe(
        failed(({ code, message }) => [code, message.includes("'X-HTTP-Method-Override': 'PATCH'")]),
      ),
    () => [['invalid-argument', true]],
  ],
];

describe.each(FACTS)('%s', (_title, play, expected) => {
  it.each(PHONE_NAMES)('on %s', (phone) => {
    const simulator = { phone, domains: LISTS, wssPorts: 'any' } as const;
    marbles(
      (helpers) => {
        let told: unknown;
        play(helpers)
          .pipe(toArray())
          .subscribe((all) => (told = all));
        helpers.flush();

        expect(told).toEqual(expected(phone));
      },
      { simulator },
    )();
  });
});
