import { concat, defer, delay, map, NEVER, of, retry, throwError, timer, type Observable } from 'rxjs';
import { isNetworkError, NetworkError } from '../../src/index.js';
import {
  parseServerSentEvents,
  type ParseServerSentEventsOptions,
  type ResumePoint,
  type ServerSentEvent,
} from '../../src/streams.js';
import { marbles } from '../../src/testing/index.js';

describe('parseServerSentEvents', () => {
  describe('resuming', () => {
    it('tells the resume point each time it changes, with or without an event', () => {
      const points: ResumePoint[] = [];
      const text = 'retry: 100\nid: 1\n\ndata: a\n\nid: 2\ndata: b\n\nid: 2\ndata: c\n\nid: 3\n';
      const resumeFrom = { lastEventId: '0', retryMs: undefined };
      eventsOf(of(text), { resumeFrom, onResumePoint: (point) => points.push(point) });

      expect(points).toEqual([
        { lastEventId: '0', retryMs: 100 },
        { lastEventId: '1', retryMs: 100 },
        { lastEventId: '2', retryMs: 100 },
      ]);
    });

    it('begins where the stream that it resumes had come to', () => {
      const resumeFrom = { lastEventId: '41', retryMs: 100 };

      expect(eventsOf(of('data: a\n\n'), { resumeFrom })).toEqual([{ ...message('a'), ...resumeFrom }]);
    });

    it(
      'goes on behind the last event after an interruption',
      marbles(({ cold, expectObservable }) => {
        const interrupted = new NetworkError('cut', { code: 'interrupted' });
        const first = cold(
          ' -a-b#    ',
          { a: 'retry: 3\nid: 1\ndata: a\n\n', b: 'id: 2\ndata: b\n\ndata: lo' },
          interrupted,
        );
        const second = cold('       -c|', { c: 'id: 3\ndata: c\n\n' });
        const expected = '   -a-b----c|';
        const sent: (string | undefined)[] = [];
        const stream$ = ({ header }: { readonly header: Readonly<Record<string, string>> }) => {
          sent.push(header['Last-Event-ID']);
          return sent.length === 1 ? first : second;
        };

        const answer$ = defer(() => {
          let resumeFrom: ResumePoint = { lastEventId: '', retryMs: undefined };
          return defer(() =>
            stream$({ header: resumeFrom.lastEventId === '' ? {} : { 'Last-Event-ID': resumeFrom.lastEventId } }).pipe(
              parseServerSentEvents({ resumeFrom, onResumePoint: (point) => (resumeFrom = point) }),
            ),
          ).pipe(
            retry({
              count: 5,
              resetOnSuccess: true,
              delay: (error) =>
                isNetworkError(error, 'interrupted') ? timer(resumeFrom.retryMs ?? 1_000) : throwError(() => error),
            }),
          );
        });

        expectObservable(answer$.pipe(map(({ data }) => data))).toBe(expected);
        expectObservable(defer(() => of(sent)).pipe(delay(20))).toBe('20ms (s|)', { s: [undefined, '2'] });
      }),
    );

    it('keeps nothing in common between two subscriptions', () => {
      const event$ = of('id: 1\ndata: a\n\nevent: b\ndata: c').pipe(parseServerSentEvents());
      const ids: string[] = [];
      event$.subscribe(({ lastEventId }) => ids.push(lastEventId));
      concat(event$, NEVER).subscribe(({ lastEventId }) => ids.push(lastEventId));

      expect(ids).toEqual(['1', '1']);
    });
  });
});

function message(data: string): ServerSentEvent {
  return { type: 'message', data, lastEventId: '', retryMs: undefined };
}

function eventsOf(source: Observable<string>, options?: ParseServerSentEventsOptions): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  source.pipe(parseServerSentEvents(options)).subscribe((event) => events.push(event));
  return events;
}
