import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { of } from 'rxjs';
import { createHttp, createNetwork } from '../../src/index.js';
import * as inspect from '../../src/inspect.js';
import { httpResponse, marbles, scriptedWx } from '../../src/testing/index.js';

const FILE = join(__dirname, '../../examples/miniprogram/components/network-panel/network-panel.js');

/** What the platform does with a component, as far as this one needs it. */
interface Panel {
  data: { isOpen: boolean; rows: { id: number; title: string; end: string }[]; sentence: string; isReleased: boolean };
  lifetimes: { attached(this: Panel): void; detached(this: Panel): void };
  methods: Record<string, (this: Panel, event?: object) => void>;
  setData(changed: object): void;
  [method: string]: unknown;
}

function panelOn(envVersion: string) {
  const calls: string[] = [];
  const network = createNetwork({
    wx: scriptedWx(() => of({})),
    interceptors: [() => of(httpResponse({ body: {} }))],
  });
  let shake: ((force: object) => void) | undefined;
  const wx = {
    getAccountInfoSync: () => ({ miniProgram: { envVersion } }),
    startAccelerometer: () => calls.push('start'),
    stopAccelerometer: () => calls.push('stop'),
    onAccelerometerChange: (listener: (force: object) => void) => (shake = listener),
    offAccelerometerChange: () => calls.push('off'),
    setClipboardData: ({ data }: { data: string }) => calls.push(data.slice(0, 23)),
  };
  let panel: Panel | undefined;
  const load = (id: string) => (id === 'rx-miniprogram/inspect' ? inspect : { network });
  const Component = (definition: Panel) => {
    panel = { ...definition, ...definition.methods, setData: (changed) => Object.assign(panel!.data, changed) };
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the file as the platform runs it
  const run = new Function('require', 'Component', 'wx', readFileSync(FILE, 'utf8')) as (...globals: unknown[]) => void;
  run(load, Component, wx);
  return { panel: panel!, http$: createHttp(network), calls, shake: () => shake?.({ x: 3, y: 0, z: 0 }) };
}

describe('the panel of the example', () => {
  it(
    'opens by a shake, shows each call, explains one, and copies a HAR file',
    marbles(({ flush }) => {
      const { panel, http$, calls, shake } = panelOn('develop');
      http$('https://api.example.com/feed?page=2').subscribe();
      panel.lifetimes.attached.call(panel);
      flush();
      shake();
      expect(panel.data).toMatchObject({ isOpen: true, rows: [{ id: 1, title: 'GET /feed?page=***', end: '200' }] });

      panel.methods['explain']!.call(panel, { currentTarget: { dataset: { id: 1 } } });
      expect(panel.data.sentence).toBe('GET /feed 用了 0 ms；没有发送，由拦截器直接返回。');
      panel.methods['copyHar']!.call(panel);
      panel.lifetimes.detached.call(panel);
      expect(calls).toEqual(['start', '{"log":{"version":"1.2"', 'off', 'stop']);
    }),
  );

  it('is not there in a released app', () => {
    const { panel, calls } = panelOn('release');
    panel.lifetimes.attached.call(panel);
    panel.lifetimes.detached.call(panel);

    expect(panel.data.isReleased).toBe(true);
    expect(calls).toEqual([]);
  });
});
