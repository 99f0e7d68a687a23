import type { CallRecord, RunRecord } from '../../../examples/forty-requests/run-record.js';

const group = (title: string, note?: string) => ({ title, requests: [], ...(note !== undefined && { note }) });

/** A call that was made at the start and did nothing yet. */
export function callNamed(number: number, name: string, more: Partial<CallRecord> = {}): CallRecord {
  return {
    ...{ number, name, group: group(name), priority: 'normal' as const, madeAt: 0 },
    ...{ attempts: [], waited: false, held: false },
    ...more,
  };
}

/** One call of each fate; hidden at 1 s, suspended at 2 s, back at 3 s, over at 4 s. */
export const smallRun: RunRecord = {
  lanes: [
    { lane: 'front', from: 0 },
    { lane: 'hidden', from: 1_000 },
    { lane: 'asleep', from: 2_000 },
    { lane: 'front', from: 3_000 },
  ],
  calls: [
    callNamed(1, '/replayed', {
      attempts: [
        { from: 0, to: 2_000, place: 1, cut: true },
        { from: 3_000, to: 3_900, place: 1 },
      ],
      end: { at: 3_900, kind: 'answered', word: '200' },
    }),
    callNamed(2, '/pay', {
      attempts: [{ from: 0, to: 2_000, place: 2, cut: true }],
      end: { at: 2_010, kind: 'cut', word: 'BG-1' },
    }),
    callNamed(3, '/queued', {
      group: group('/queued', 'overtook'),
      priority: 'high',
      attempts: [{ from: 500, to: 800, place: 3 }],
      waited: true,
      end: { at: 801, kind: 'answered', word: '200' },
    }),
    callNamed(4, '/held', {
      attempts: [{ from: 3_000, to: 3_300, place: 2 }],
      held: true,
      end: { at: 3_301, kind: 'answered', word: '404' },
    }),
    callNamed(5, 'https://img.example.com/\u56fe\u7247/\u4f60\u597d\u4e16\u754c\u4f60\u597d\u4e16\u754c.png', {
      end: { at: 1, kind: 'refused', word: 'DOM-8' },
    }),
    callNamed(6, '/failed', {
      attempts: [{ from: 0, to: 300, place: 3 }],
      end: { at: 301, kind: 'failed', word: 'ENC-1' },
    }),
  ],
};
