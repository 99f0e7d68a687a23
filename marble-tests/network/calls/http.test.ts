import { catchError, map, merge, mergeMap, of, range, toArray } from 'rxjs';
import { gb18030 } from '../../../src/charsets/gb18030.js';
import { declaredCharsetOf, http$ as default$, type HttpCallOptions, type NetworkError } from '../../../src/index.js';
import { url } from './call-errors.js';
import { scriptedApp } from '../scripted-app.js';
import { marbles } from '../../../src/testing/index.js';

const body = map(({ body: value }: { body: unknown }) => value);

const json = (value: unknown) => ({ data: JSON.stringify(value) });

describe('http$', () => {
  it(
    'answers in the foreground, and sends what was called in the background after the return',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const app = '             --------h-----s-----';
      const wire = cold('       -----r', { r: json('r') });
      const first = '           -----(r|)';
      const secondSubscribes = '----------^';
      const second = '          -------------------(r|)';

      const { http$, wx } = scriptedApp(helpers, app, () => wire);

      expectObservable(http$(url).pipe(body)).toBe(first);
      expectObservable(http$(url).pipe(body), secondSubscribes).toBe(second);
      flush();

      expect(wx.log).toEqual(['sent @0', 'sent @14']);
    }),
  );

  it(
    '[LIM-2] never runs more than ten at once, first come first served',
    marbles((helpers) => {
      const { cold, expectObservable, flush } = helpers;
      const { http$, wx } = scriptedApp(helpers, '', () => cold('---r', { r: {} }));

      expectObservable(
        range(0, 25).pipe(
          mergeMap((index) => http$(`${url}/${index}`)),
          toArray(),
          map((all) => all.length),
        ),
      ).toBe('---------(n|)', { n: 25 });
      flush();

      const sentAt = (frame: number) => wx.log.filter((entry) => entry === `sent @${frame}`).length;
      expect([sentAt(0), sentAt(3), sentAt(6)]).toEqual([10, 10, 5]);
      expect(wx.options.map((option) => option.url)).toEqual(
        Array.from({ length: 25 }, (_, index) => `${url}/${index}`),
      );
    }),
  );

  it(
    '[ENC-1] warns once a host of a charset that the platform converts on trial',
    marbles((helpers) => {
      const gbk = { header: { 'Content-Type': 'text/html; charset=gbk' }, data: '???' };
      const { http$, warnings } = scriptedApp(helpers, '', () => helpers.cold('r', { r: gbk }));

      helpers
        .expectObservable(
          merge(http$({ url, as: 'text' }), http$({ url, as: 'text' })).pipe(
            map(({ charset, decodedBy }) => `${charset} ${decodedBy}`),
          ),
        )
        .toBe('(rr|)', {
          r: 'gbk platform',
        });
      helpers.flush();

      expect(warnings).toEqual([
        "rx-miniprogram: [ENC-1] https://api.example.com answers in gbk, which the platform converts on trial; ask for bytes with { charset: 'auto' }, or let the server answer in UTF-8",
      ]);
    }),
  );

  it(
    '[ENC-1] reads what a page says of itself, and is strict with its bytes, where it is told to',
    marbles((helpers) => {
      const page = Uint8Array.from(Buffer.from('<meta charset=gbk>\xc4\xe3\xff', 'latin1')).buffer;
      const { http$ } = scriptedApp(helpers, '', () => helpers.cold('r', { r: { data: page } }), {
        decoders: [gb18030],
      });
      const read$ = (more: HttpCallOptions) => http$({ url, as: 'text', ...more }).pipe(map(({ body }) => body));
      const readDeclaration = declaredCharsetOf;
      const inUtf8 = '<meta charset=gbk>\ufffd\ufffd\ufffd';

      helpers.expectObservable(read$({ readDeclaration })).toBe('(p|)', { p: '<meta charset=gbk>你\ufffd' });
      helpers.expectObservable(read$({ charset: 'auto' })).toBe('(p|)', { p: inUtf8 });
      helpers
        .expectObservable(read$({ fatal: true }).pipe(catchError(({ code, what }: NetworkError) => of([code, what]))))
        .toBe('(e|)', { e: ['decode', 'the body is malformed: not UTF-8 at byte 19'] });
    }),
  );

  describe('unsubscribing', () => {
    it.each([
      ['while it runs', '', '--!', ['sent @0', 'aborted @2']],
      ['while it is held', 'h', '--!', []],
    ])('%s settles in the same turn', (_title, lane, leaves, log) => {
      marbles((helpers) => {
        const { http$, wx, network } = scriptedApp(helpers, '', () => helpers.cold('---'));
        if (lane === 'h') network.requestQueue.pause();

        helpers.expectObservable(http$(url), `^${leaves.slice(1)}`).toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(log);
        expect(network.requestQueue.snapshot()).toMatchObject({ size: 0, running: 0 });
      })();
    });

    it(
      'while it waits never sends it',
      marbles((helpers) => {
        const { http$, wx, network } = scriptedApp(helpers, '', () => helpers.cold('------r', { r: {} }), {
          concurrency: 1,
        });

        helpers.expectObservable(http$(url).pipe(map(() => 'r'))).toBe('------(r|)');
        helpers.expectObservable(http$(url), '^--!').toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(['sent @0']);
        expect(network.requestQueue.snapshot()).toEqual({ size: 0, running: 0, paused: false });
      }),
    );

    it(
      'while it waits to be replayed never sends it again',
      marbles((helpers) => {
        const { http$, wx } = scriptedApp(helpers, '-h 9s s', () => helpers.cold('20s r', { r: {} }));

        helpers.expectObservable(http$(url), '^ 7s !').toBe('-');
        helpers.flush();

        expect(wx.log).toEqual(['sent @0', 'aborted @5001']);
      }),
    );
  });

  it('needs no network to be made, but a wx to be subscribed', () => {
    const errors: unknown[] = [];

    const result$ = default$.get(url);
    result$.subscribe({ error: (error) => errors.push(error) });

    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ name: 'NetworkError', code: 'invalid-argument' });
  });
});
