import fc from 'fast-check';
import { steadyProgress, type Progress } from '../../src/platform/progress.js';

describe('steadyProgress', () => {
  it('passes on what a well-behaved phone reports', () => {
    const { report, finish } = steadyProgress();

    expect(report(0, 0, 200)).toEqual({ percent: 0, bytes: 0, totalBytes: 200 });
    expect(report(50, 100, 200)).toEqual({ percent: 50, bytes: 100, totalBytes: 200 });
    expect(report(100, 200, 200)).toEqual({ percent: 100, bytes: 200, totalBytes: 200 });
    expect(finish()).toBeUndefined();
  });

  it('adds the end where the phone leaves it out', () => {
    const { report, finish } = steadyProgress();

    expect(report(30, 60, 200)).toEqual({ percent: 30, bytes: 60, totalBytes: 200 });
    expect(finish()).toEqual({ percent: 100, bytes: 200, totalBytes: 200 });
    expect(finish()).toBeUndefined();
  });

  it('does not go back when the phone begins anew, nor repeat itself', () => {
    const { report } = steadyProgress();

    report(60, 120, 200);
    expect(report(60, 120, 200)).toBeUndefined();
    expect(report(10, 20, 200)).toBeUndefined();
    expect(report(60, 121, 200)).toEqual({ percent: 60, bytes: 121, totalBytes: 200 });
  });

  it('takes 100 % for rounded as long as bytes are missing', () => {
    const { report } = steadyProgress();

    expect(report(100, 199, 200)).toEqual({ percent: 99, bytes: 199, totalBytes: 200 });
    expect(report(100, 200, 200)).toEqual({ percent: 100, bytes: 200, totalBytes: 200 });
    expect(report(100, 201, 200)).toBeUndefined();
  });

  it('[K4.8] knows no total once it has been passed, as where the body is compressed, and ends with the answer', () => {
    const { report, finish } = steadyProgress();

    expect(report(50, 450, 900)).toEqual({ percent: 50, bytes: 450, totalBytes: 900 });
    expect(report(100, 1_000, 900)).toEqual({ percent: 50, bytes: 1_000, totalBytes: undefined });
    expect(report(100, 4_300, 900)).toEqual({ percent: 50, bytes: 4_300, totalBytes: undefined });
    expect(finish()).toEqual({ percent: 100, bytes: 4_300, totalBytes: undefined });
  });

  it('[K4.8] begins with 0 % where the first report has passed its total', () => {
    expect(steadyProgress().report(100, 1_000, 900)).toEqual({ percent: 0, bytes: 1_000, totalBytes: undefined });
  });

  it('computes what the phone does not say', () => {
    expect(steadyProgress().report(NaN, 50, 200)).toEqual({ percent: 25, bytes: 50, totalBytes: 200 });
  });

  it.each([0, -1, NaN, Infinity, 2 ** 64 - 1])('[K4.8] knows no total where the phone says %d', (total) => {
    const { report, finish } = steadyProgress();

    expect(report(NaN, 50, total)).toEqual({ percent: 0, bytes: 50, totalBytes: undefined });
    expect(report(100, 60, total)).toEqual({ percent: 99, bytes: 60, totalBytes: undefined });
    expect(finish()).toEqual({ percent: 100, bytes: 60, totalBytes: undefined });
  });

  it('believes a phone that says 0 %, however many bytes it counts', () => {
    expect(steadyProgress().report(0, 100, 200)).toEqual({ percent: 0, bytes: 100, totalBytes: 200 });
  });

  it('counts no bytes where the phone says Infinity', () => {
    const { report, finish } = steadyProgress();

    expect(report(10, Infinity, 200)).toEqual({ percent: 10, bytes: 0, totalBytes: 200 });
    expect(finish()).toEqual({ percent: 100, bytes: 200, totalBytes: 200 });
  });

  it('is monotonic and comes to 100 exactly once, whatever is reported', () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 205 }), fc.constantFrom(NaN, Infinity, -Infinity, 1e300));
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { maxLength: 30 }), (reports) => {
        const { report, finish } = steadyProgress();
        const steps = [...reports.map((amounts) => report(...amounts)), finish(), finish()].filter(
          (step): step is Progress => step !== undefined,
        );

        const percents = steps.map(({ percent }) => percent);
        const bytes = steps.map((step) => step.bytes);
        expect(percents).toEqual([...percents].sort((a, b) => a - b));
        expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
        expect(percents.filter((percent) => percent === 100)).toEqual([100]);
        expect(percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true);
        expect(percents.at(-1)).toBe(100);
      }),
    );
  });
});
