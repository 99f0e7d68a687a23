import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findApp, nearestTruth } from '../../../src/cli/run/find-app.js';
import { lastPlannedMs, plan } from '../../../src/cli/run/plan.js';
import { durationOf, spanOf } from '../../../src/cli/run/time-spans.js';
import type { Simulator } from '../../../src/simulator/index.js';

describe('times', () => {
  it.each([
    ['500ms', 500],
    ['12s', 12_000],
    ['12', 12_000],
    ['1.5s', 1_500],
    ['2m', 120_000],
    ['0', 0],
    ['1440m', 86_400_000],
  ])('%s', (text, ms) => expect(durationOf('--for', text)).toBe(ms));

  it.each(['', '-1s', '5h', '5 s', '1e3', 's', '.5s', '1441m'])('%j is none', (text) => {
    expect(() => durationOf('--for', text)).toThrow(`--for: expected a time such as 500ms, 12s or 2m; got '${text}'`);
  });

  it.each([
    ['3s..12s', 3_000, 12_000],
    ['3s..', 3_000, undefined],
    ['0..500ms', 0, 500],
  ])('from when until when: %s', (text, fromMs, toMs) => {
    expect(spanOf('--offline', text)).toEqual({ fromMs, toMs });
  });

  it.each(['3s', '5s..3s', '3s..3s', '1s..2s..3s', '..3s', '..'])('not %s', (text) => {
    expect(() => spanOf('--offline', text)).toThrow(/^--offline: expected /);
  });
});

describe('the plan of a run', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  function planned(background: readonly string[], offline: readonly string[]) {
    const spans = {
      background: background.map((text) => spanOf('--background', text)),
      offline: offline.map((text) => spanOf('--offline', text)),
    };
    const told: string[] = [];
    const start = Date.now();
    const tell = (what: string) => told.push(`${Date.now() - start} ${what}`);
    const simulator = {
      enterBackground: () => tell('background'),
      enterForeground: () => tell('foreground'),
      setNetwork: tell,
    } as unknown as Simulator;
    const timers = [...plan(simulator, spans)];
    return { told, timers, lastMs: lastPlannedMs(spans) };
  }

  it('is carried out each at its time; offline from the start is there before anything runs', () => {
    const { told, lastMs } = planned(['1s..3s', '5s..'], ['0..2s', '4s..']);

    expect(told).toEqual(['0 none']);
    jest.runAllTimers();
    expect(told).toEqual(['0 none', '1000 background', '2000 wifi', '3000 foreground', '4000 none', '5000 background']);
    expect(lastMs).toBe(5_000);
  });

  it('is left with its timers', () => {
    const { told, timers } = planned(['1s..3s'], []);

    timers.forEach(clearTimeout);
    jest.runAllTimers();
    expect(told).toEqual([]);
    expect(planned([], []).lastMs).toBe(0);
  });
});

describe('what is run', () => {
  let root = '';
  const at = (...parts: readonly string[]) => join(root, ...parts);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'find-app-'));
    mkdirSync(at('project', 'dist', 'app'), { recursive: true });
    mkdirSync(at('alone'));
    writeFileSync(at('project', 'rx-miniprogram.config.json'), '{}');
    writeFileSync(at('project', 'dist', 'app', 'project.config.json'), '{}');
    writeFileSync(at('project', 'try.mjs'), '');
    writeFileSync(at('alone', 'notes.txt'), '');
    writeFileSync(at('alone', 'try.ts'), '');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('a folder is an app, a file is a script; each belongs to the nearest project', () => {
    const app = at('project', 'dist', 'app');

    expect(findApp(root, 'project/dist/app')).toEqual({ type: 'app', path: app, folder: app });
    expect(findApp(root, 'project/try.mjs')).toEqual({
      type: 'script',
      path: at('project', 'try.mjs'),
      folder: at('project'),
    });
    expect(findApp(at('project'), at('alone', 'try.ts'))).toMatchObject({ type: 'script', folder: at('project') });
  });

  it('says what is missing, or is neither', () => {
    expect(() => findApp(root, undefined)).toThrow('expected a script, or a folder with an app.js; got none');
    expect(() => findApp(root, 'nowhere')).toThrow('there is no nowhere');
    expect(() => findApp(root, 'alone/notes.txt')).toThrow('expected a script (.js, .mjs, .cjs)');
    expect(() => findApp('/dev', 'null')).toThrow('null is neither a script nor a folder');
  });

  it('the lists of what a bundler has built stand beside the source', () => {
    expect(nearestTruth(at('project', 'dist', 'app'))).toBe(at('project', 'rx-miniprogram.config.json'));
    expect(nearestTruth(at('project'))).toBeUndefined();
  });
});
