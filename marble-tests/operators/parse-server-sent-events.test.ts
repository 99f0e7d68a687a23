import fc from 'fast-check';
import { from, of, Subject, type Observable } from 'rxjs';
import { parseServerSentEvents, type ParseServerSentEventsOptions, type ServerSentEvent } from '../../src/streams.js';
import { marbles, obeysTheLaws } from '../../src/testing/index.js';

describe('parseServerSentEvents', () => {
  obeysTheLaws(() => parseServerSentEvents(), {
    values: { a: 'data: a\n\n', b: 'data: b\n\n', c: 'data: c\n\n' },
    results: { a: message('a'), b: message('b'), c: message('c') },
  });

  it(
    'emits an event with the line end that completes it',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('--a--b--c-|', { a: 'data: 1\n', b: '\ndata', c: ': 2\r\r' });
      const subs = '       ^---------!';
      const expected = '   -----d--e-|';

      const result = source.pipe(parseServerSentEvents());

      expectObservable(result).toBe(expected, { d: message('1'), e: message('2') });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  describe('by the HTML Standard', () => {
    it.each<[string, string, Partial<ServerSentEvent>[]]>([
      ['joins data lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [{ data: 'YHOO\n+2\n10' }]],
      ['takes one space from a value', 'data:  two\n\ndata:none\n\n', [{ data: ' two' }, { data: 'none' }]],
      [
        'takes a line without a colon for a field without a value',
        'data\n\ndata\ndata\n\n',
        [{ data: '' }, { data: '\n' }],
      ],
      ['takes the first colon for the end of the name', 'data: a: b\n\n', [{ data: 'a: b' }]],
      ['emits an event of empty data', 'data:\n\n', [{ data: '' }]],
      ['emits none without data', 'event: a\n\nid: 1\n\n\n\n', []],
      [
        'names an event for itself alone',
        'event: a\ndata: 1\n\ndata: 2\n\n',
        [{ type: 'a', data: '1' }, { data: '2' }],
      ],
      ['forgets the name of an event without data', 'event: a\n\ndata: 1\n\n', [{ data: '1' }]],
      ['reads an empty name as message', 'event: a\nevent\ndata: 1\n\n', [{ data: '1' }]],
      ['skips comments', ': hello\n:data: no\ndata: 1\n:\n\n', [{ data: '1' }]],
      [
        'skips fields that it does not know, and names that differ in case or space',
        'Data: 1\n data: 2\ndata : 3\nfoo: 4\ndata: 5\n\n',
        [{ data: '5' }],
      ],
      ['drops what is unfinished at the end', 'data: 1\n\ndata: 2\n', [{ data: '1' }]],
      [
        'keeps an id until there is another',
        'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n',
        [{ data: 'a', lastEventId: '1' }, { data: 'b', lastEventId: '1' }, { data: 'c' }],
      ],
      ['keeps the id of a block without data', 'id: 7\n\ndata: a\n\n', [{ data: 'a', lastEventId: '7' }]],
      [
        'ignores an id with NUL',
        'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n',
        [
          { data: 'a', lastEventId: '1' },
          { data: 'b', lastEventId: '1' },
        ],
      ],
      [
        'takes digits alone for a time to retry',
        'retry: 1500\ndata: a\n\nretry: 1.5\nretry: -1\nretry:  2\nretry:\nretry: 1e3\ndata: b\n\n',
        [
          { data: 'a', retryMs: 1500 },
          { data: 'b', retryMs: 1500 },
        ],
      ],
      [
        'keeps a time to retry that no timer can wait within bounds',
        `retry: ${'9'.repeat(400)}\ndata: a\n\n`,
        [{ data: 'a', retryMs: 2_147_483_647 }],
      ],
      [
        'ends lines with CR, LF and CRLF, mixed',
        'data: 1\rdata: 2\ndata: 3\r\n\r\ndata: 4\n\rdata: 5\r\r',
        [{ data: '1\n2\n3' }, { data: '4' }, { data: '5' }],
      ],
      ['leaves a second byte order mark in the name of the field', '\ufeffdata: 1\n\ndata: 2\n\n', [{ data: '2' }]],
      ['leaves other line separators alone', 'data: a\u2028b\u0085c\vd\n\n', [{ data: 'a\u2028b\u0085c\vd' }]],
    ])('%s', (_title, text, expected) => {
      expect(eventsOf(of(text))).toEqual(expected.map((event) => ({ ...message(''), ...event })));
    });

    it('reads any text in any pieces as it reads the whole, and as the standard says', () => {
      const piece = fc.constantFrom(
        '\r', '\n', '\r\n', '\n\n', ':', ' ', 'data', 'data:', 'data: ', 'event: ', 'id', 'id: ', 'retry: ', '1', 'a', '\0', '中😀',
      ); // prettier-ignore
      fc.assert(
        fc.property(
          fc.array(piece, { maxLength: 30 }),
          fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
          (parts, cuts) => {
            const text = parts.join('');
            const borders = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
            const pieces = borders.slice(1).map((end, index) => text.slice(borders[index], end));

            expect(eventsOf(from(pieces))).toEqual(byTheStandard(text));
          },
        ),
        { numRuns: 5_000 },
      );
    });

    it('waits over an empty piece for the feed that belongs to a return', () => {
      expect(eventsOf(of('data: a\r', '', '\ndata: b\r', '\n\r', '', '\ndata: c\n\n'))).toEqual([
        message('a\nb'),
        message('c'),
      ]);
    });

    it('takes a feed at the start of a piece for an end of its own, where the return was not the last letter', () => {
      expect(eventsOf(of('data: a\rdata: b', '\n\n'))).toEqual([message('a\nb')]);
    });

    it('reads a text letter by letter, each event with its last letter', () => {
      const text = 'event: a\r\ndata: 1\r\n\r\nid: 2\rdata: 2\r\rdata: 3\n\n';
      const seen: string[] = [];
      const letters$ = new Subject<string>();
      letters$.pipe(parseServerSentEvents()).subscribe(({ data }) => seen.push(data));

      const lengths = [...text].map((letter) => {
        letters$.next(letter);
        return seen.length;
      });

      // The return of the empty line is its end: the feed behind it is waited for by nobody.
      expect(lengths.indexOf(1)).toBe(text.indexOf('\r\n\r\n') + 2);
      expect(lengths.indexOf(2)).toBe(text.indexOf('\r\rdata') + 1);
      expect(lengths.indexOf(3)).toBe(text.length - 1);
    });
  });

  it('takes its turn when a consumer makes the next piece come', () => {
    const pieces$ = new Subject<string>();
    const seen: string[] = [];
    pieces$.pipe(parseServerSentEvents()).subscribe(({ data }) => {
      seen.push(data);
      if (data === '1') pieces$.next('3\n\n');
    });
    pieces$.next('data: 1\n\ndata: 2\n\ndata: ');

    expect(seen).toEqual(['1', '2', '3']);
  });
});

function message(data: string): ServerSentEvent {
  return { type: 'message', data, lastEventId: '', retryMs: undefined };
}

function eventsOf(source: Observable<string>, options?: ParseServerSentEventsOptions): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  // That nothing became an event is said at the end, beyond the standard.
  source.pipe(parseServerSentEvents(options)).subscribe({
    next: (event) => events.push(event),
    error: () => undefined,
  });
  return events;
}

/** https://html.spec.whatwg.org/#event-stream-interpretation, step by step, over the whole text. */
function byTheStandard(text: string): ServerSentEvent[] {
  const lines = text.split(/\r\n|\r|\n/);
  // What stands behind the last line end is no line.
  lines.pop();
  const events: ServerSentEvent[] = [];
  let [data, type, id] = ['', '', ''];
  let retryMs: number | undefined;
  for (const line of lines) {
    if (line === '') {
      if (data !== '')
        events.push({ type: type || 'message', data: data.replace(/\n$/, ''), lastEventId: id, retryMs });
      [data, type] = ['', ''];
    } else if (line.startsWith(':')) {
      continue;
    } else {
      const [, field, rest = ''] = /^([^:]*):? ?([^]*)$/.exec(line)!;
      const value = line.includes(':') ? rest : '';
      if (field === 'event') type = value;
      if (field === 'data') data += `${value}\n`;
      if (field === 'id' && !value.includes('\0')) id = value;
      if (field === 'retry' && /^[0-9]+$/.test(value)) retryMs = parseInt(value, 10);
    }
  }
  return events;
}
