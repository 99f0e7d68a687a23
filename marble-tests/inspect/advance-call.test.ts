import { answered, at, called, callOf, done, INTERRUPTED, OFFLINE, phasesOf, sent } from './told.js';
import { recordOf } from '../../src/inspect/advance.js';

describe('the record of a call', () => {
  it('has each stretch of time in the phase in which it was spent', () => {
    const record = callOf(
      called(1_000),
      at(1_000, 'queued', { waiting: 12, running: 10 }),
      at(3_000, 'held', { reason: 'background' }),
      at(6_000, 'released', {}),
      at(8_000, 'overtaken', { by: 40 }),
      sent(8_000),
      at(9_900, 'headers', { attempt: 1, status: 200, headers: { A: 'b' } }),
      answered(10_000),
      ...done(10_001),
    );

    expect(phasesOf(record)).toEqual({ waiting: 4_000, held: 3_000, answering: 1_900, receiving: 100, decoding: 1 });
    expect(record).toMatchObject({
      durationMs: 9_001,
      endedAtMs: 10_001,
      outcome: 'completed',
      activity: undefined,
      queuedBehind: 12,
      runningThen: 10,
      heldBy: ['background'],
      status: 200,
      receivedSize: 12,
      charset: 'utf-8',
      answeredFrom: 'network',
    });
    expect(record.spans.map(({ activity, fromMs, toMs }) => [activity, fromMs, toMs])).toEqual([
      ['waiting', 1_000, 3_000],
      ['held', 3_000, 6_000],
      ['waiting', 6_000, 8_000],
      ['answering', 8_000, 9_900],
      ['receiving', 9_900, 10_000],
      ['decoding', 10_000, 10_001],
    ]);
  });

  it('[BG-1] is one, with an attempt for each sending, where the call was cut and replayed', () => {
    const record = callOf(
      called(0),
      sent(0),
      at(5_000, 'cut', { attempt: 1, error: INTERRUPTED }),
      at(5_000, 'replayed', { attempt: 1, replays: 1 }),
      sent(9_000, 2),
      answered(9_200, { attempt: 2 }),
      ...done(9_200, 2),
    );

    expect(record.attempts.map(({ attempt, outcome, error }) => [attempt, outcome, error?.rule])).toEqual([
      [1, 'cut', 'BG-1'],
      [2, 'answered', undefined],
    ]);
    expect(record).toMatchObject({ replays: 1, error: undefined, outcome: 'completed' });
    expect(phasesOf(record)).toEqual({ answering: 5_200, held: 4_000 });
  });

  it('counts as intercepting what an interceptor does between two sendings', () => {
    const record = callOf(
      called(0),
      sent(100),
      at(200, 'attempt-failed', { attempt: 1, error: OFFLINE }),
      sent(700, 2),
      at(800, 'attempt-failed', { attempt: 2, error: OFFLINE }),
      at(800, 'failed', { error: OFFLINE }),
    );

    expect(phasesOf(record)).toEqual({ intercepting: 600, answering: 200 });
    expect(record).toMatchObject({ outcome: 'failed', error: OFFLINE });
  });

  it('ends once: what comes after the end changes nothing', () => {
    const ended = callOf(called(0), at(5, 'cancelled', { by: 'page' }));

    expect(ended).toMatchObject({ outcome: 'cancelled', cancelledBy: 'page', durationMs: 5 });
    expect(recordOf([called(0), at(5, 'cancelled', { by: 'page' }), answered(9), ...done(9)])).toEqual(ended);
    expect(recordOf([called(0), at(5, 'cancelled', { by: 'page' }), called(9)])).toEqual(ended);
  });

  it('says of a sending that ran when the caller left that it was left', () => {
    const record = callOf(called(0), sent(0), at(7, 'cancelled', { by: 'unsubscribed' }));

    expect(record.attempts).toMatchObject([{ outcome: 'left', endedAtMs: 7 }]);
  });

  it('is pending, and says what the call does, while it is under way', () => {
    expect(callOf(called(0), sent(0))).toMatchObject({
      outcome: 'pending',
      activity: 'answering',
      endedAtMs: undefined,
    });
  });

  it('[DOM-1] of a refused call has no attempt', () => {
    const error = { code: 'domain-not-allowed', rule: 'DOM-1', phase: 'check', what: 'not listed' } as const;

    expect(callOf(called(0), at(0, 'refused', { error }))).toMatchObject({ outcome: 'refused', error, attempts: [] });
  });

  it('tells an answer that an interceptor had from one of the network', () => {
    const record = callOf(called(0), at(3, 'completed', { from: 'interceptor', status: 200 }));

    expect(record).toMatchObject({ answeredFrom: 'interceptor', status: 200, attempts: [] });
    expect(phasesOf(record)).toEqual({ intercepting: 3 });
  });

  it('of an upload has the time of sending apart', () => {
    const record = callOf(
      called(0, { api: 'uploadFile', client: 'upload$', method: 'POST' }),
      sent(0),
      at(40, 'progress', { attempt: 1, percent: 50, bytes: 500, totalBytes: 1_000 }),
      at(90, 'progress', { attempt: 1, percent: 100, bytes: 1_000, totalBytes: 1_000 }),
      answered(100),
      ...done(100),
    );

    expect(phasesOf(record)).toEqual({ sending: 90, answering: 10 });
    expect(record.percent).toBe(100);
  });

  it('of a download counts what has come', () => {
    const record = callOf(
      called(0, { api: 'downloadFile', client: 'download$' }),
      sent(0),
      at(40, 'progress', { attempt: 1, percent: 50, bytes: 500, totalBytes: 1_000 }),
    );

    expect(record).toMatchObject({ activity: 'receiving', receivedSize: 500, percent: 50 });
  });

  it('of a stream counts its chunks, and not the length of the whole, which is none', () => {
    const record = callOf(
      called(0, { client: 'stream$' }),
      sent(0),
      at(10, 'chunk', { attempt: 1, bytes: 3 }),
      at(20, 'chunk', { attempt: 1, bytes: 4 }),
      answered(20, { size: undefined }),
      ...done(20),
    );

    expect(record).toMatchObject({ chunks: 2, receivedSize: 7 });
  });

  it('begins anew with what came of an attempt when there is another', () => {
    const record = callOf(
      called(0),
      sent(0),
      at(10, 'headers', { attempt: 1, status: 503, headers: { A: 'b' } }),
      answered(10, { status: 503 }),
      at(10, 'decoded', { attempt: 1, charset: undefined, decodedBy: undefined }),
      sent(20, 2),
    );

    expect(record).toMatchObject({ status: undefined, responseHeaders: {}, receivedSize: undefined });
    expect(record.attempts[0]).toMatchObject({ outcome: 'answered', status: 503 });
  });

  it('stands still by a clock that was set back', () => {
    const record = callOf(called(1_000), sent(1_500), answered(200), ...done(1_600));

    expect(record.durationMs).toBe(600);
    expect(phasesOf(record)).toEqual({ intercepting: 500, decoding: 100 });
  });

  it('keeps the first attempt and the latest of a call that is tried for ever, and says how many it dropped', () => {
    const tries = Array.from({ length: 500 }, (_, index) => [
      sent(index * 10, index + 1),
      at(index * 10 + 5, 'attempt-failed', { attempt: index + 1, error: OFFLINE }),
    ]).flat();
    const record = callOf(called(0), ...tries);

    expect(record.attempts.map(({ attempt }) => attempt)).toEqual([
      1,
      ...Array.from({ length: 19 }, (_, i) => 482 + i),
    ]);
    expect(record.droppedAttempts).toBe(480);
    expect(record.spans).toHaveLength(200);
    expect(record.droppedSpans).toBe(799);
    expect(Object.values(record.phases).reduce((sum, ms) => sum + ms)).toBe(record.durationMs);
  });

  it('is none where the beginning was not heard, and passes over an event of a later version', () => {
    const record = callOf(called(0));

    expect(recordOf([sent(0)])).toBeUndefined();
    expect(recordOf([called(0), { type: 'teleported', atMs: 5, call: 1 } as never])).toEqual(record);
  });
});

describe('a profile of the platform', () => {
  const profile = {
    invokeStart: 50_000,
    queueStart: 50_010,
    queueEnd: 50_110,
    requestEnd: 50_160,
    responseStart: 50_300,
    responseEnd: 50_340,
  };

  it('divides the time of an attempt of which nothing else was heard', () => {
    const record = callOf(called(0), sent(0), answered(400, { profile }), ...done(400));

    expect(phasesOf(record)).toEqual({ waiting: 100, sending: 60, answering: 140, receiving: 100 });
    expect(record.attempts[0]?.profile).toEqual(profile);
  });

  it('never makes more time than there was', () => {
    const record = callOf(called(0), sent(0), answered(200, { profile }), ...done(200));

    expect(phasesOf(record)).toEqual({ waiting: 100, sending: 60, answering: 40 });
    expect(record.durationMs).toBe(200);
  });

  it.each([
    ['with gaps', { ...profile, requestEnd: 0 }],
    ['in no order', { ...profile, responseStart: 50_100 }],
    ['without a beginning', { requestEnd: 1, responseStart: 2, responseEnd: 3 }],
  ])('%s divides nothing', (_, broken) => {
    const record = callOf(called(0), sent(0), answered(400, { profile: broken }), ...done(400));

    expect(phasesOf(record)).toEqual({ answering: 400 });
  });

  it('divides nothing where the header was heard of', () => {
    const headers = at(390, 'headers', { attempt: 1, status: 200, headers: {} });

    expect(phasesOf(callOf(called(0), sent(0), headers, answered(400, { profile }), ...done(400)))).toEqual({
      answering: 390,
      receiving: 10,
    });
  });
});
