import { queuePlot } from '../../bench/queue-plot.js';
import type { Figure } from '../../bench/measure.js';

const figure = (at: string, who: string, value: number | undefined, unit = 'µs a request'): Figure => ({
  at,
  who,
  value,
  unit,
});

describe('the plot of cost against queue length', () => {
  const plot = queuePlot([
    figure('1 000 waiting', 'ours', 1),
    figure('100 000 waiting', 'ours', 10),
    figure('1 000 waiting', 'theirs & more', 2),
    figure('100 000 waiting', 'theirs & more', undefined),
    figure('1 000 waiting, 3 priorities', 'ours', 7),
    figure('100 000 waiting', 'ours', 900, 'bytes a request'),
  ]);

  it('has a line for each queue, from what was measured of a request alone', () => {
    expect(plot.match(/<polyline points="[^"]*"/g)).toEqual([
      // Both scales are logarithmic: from the lower left to the upper right.
      '<polyline points="60.0,340.0 560.0,40.0"',
      expect.stringMatching(/^<polyline points="60\.0,249\.\d"$/),
    ]);
  });

  it('names the queues and the sizes', () => {
    const words = [...plot.matchAll(/<text[^>]*>([^<]*)</g)].map(([, word]) => word);
    expect(words).toEqual([
      ...['µs a request', '1', '10', '1 000', '100 000', 'requests waiting'],
      ...['ours', 'theirs &amp; more'],
    ]);
  });
});
