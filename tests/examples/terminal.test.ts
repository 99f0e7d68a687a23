import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { displayWidth, fit, fitEnd } from '../../examples/terminal/display-width.js';
import { chosenPaint, inColour, withoutColour } from '../../src/cli/terminal/paint.js';
import { canShowLive, openScreen } from '../../examples/terminal/screen.js';

describe('displayWidth and fit', () => {
  it.each([
    ['abc', 3],
    ['\u4f60\u597d', 4],
    ['\uff08\uff09', 4],
    ['e\u0301', 1],
    [inColour('bad', 'abc'), 3],
  ])('%j takes %i columns', (text, columns) => expect(displayWidth(text)).toBe(columns));

  it.each([
    ['abc', 5, 'abc  '],
    ['abcdef', 5, 'abc..'],
    ['\u4f60\u597d', 5, '\u4f60\u597d '],
    ['\u4f60\u597d\u4e16\u754c', 7, '\u4f60\u597d.. '.slice(0, 4) + ' '],
    ['\u4f60\u597d\u4e16\u754c', 6, '\u4f60\u597d..'],
  ])('%j in %i columns is %j', (text, columns, fitted) => {
    expect(fit(text, columns)).toBe(fitted);
    expect(displayWidth(fit(text, columns))).toBe(columns);
  });
});

describe('fitEnd', () => {
  it.each([
    ['/a', 4, '/a  '],
    ['/prefetch/1', 8, '..etch/1'],
    ['/\u4f60\u597d', 4, '..\u597d'],
    ['/\u4f60\u597d\u4e16', 5, '..\u4e16 '],
  ])('%j in %i columns is %j', (text, columns, fitted) => expect(fitEnd(text, columns)).toBe(fitted));
});

describe('canShowLive', () => {
  const terminal = { isTTY: true, columns: 80, rows: 24 };

  it.each([
    ['a terminal', terminal, { TERM: 'xterm' }, true],
    ['a pipe', {}, { TERM: 'xterm' }, false],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
    ['CI', terminal, { TERM: 'xterm', CI: 'true' }, false],
    ['a narrow terminal', { ...terminal, columns: 79 }, { TERM: 'xterm' }, false],
    ['a low terminal', { ...terminal, rows: 23 }, { TERM: 'xterm' }, false],
  ])('on %s', (_name, out, environment, live) => {
    expect(canShowLive(out as Partial<WriteStream>, environment)).toBe(live);
  });
});

describe('chosenPaint', () => {
  it('respects NO_COLOR, unless it is empty', () => {
    expect(chosenPaint({ NO_COLOR: '1' })).toBe(withoutColour);
    expect(chosenPaint({ NO_COLOR: '' })).toBe(inColour);
    expect(chosenPaint({})).toBe(inColour);
  });
});

describe('openScreen', () => {
  const open = () => {
    let written = '';
    const out = Object.assign(new EventEmitter(), {
      columns: 80,
      rows: 24,
      write: (text: string) => (written += text),
    });
    const take = () => [written, (written = '')][0];
    return { out, screen: openScreen(out), take };
  };

  it('draws in place, and gives the cursor back once', () => {
    const { screen, take } = open();
    expect(take()).toBe('\x1b[?25l');

    screen.draw(['a', 'b']);
    expect(take()).toBe('\x1b[2Ka\n\x1b[2Kb\n\x1b[J');
    screen.draw(['c']);
    expect(take()).toBe('\x1b[2A\r\x1b[2Kc\n\x1b[J');

    screen.close();
    screen.close();
    expect(take()).toBe('\x1b[?25h');
  });

  it('leaves nobody listening', () => {
    const before = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));
    const { out, screen } = open();
    screen.close();

    expect(['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name))).toEqual(before);
    expect(out.listenerCount('resize')).toBe(0);
  });

  it('starts over when the terminal changes its size, and shows what still fits', () => {
    const { out, screen, take } = open();
    screen.draw(['a', 'b', 'c']);
    out.rows = 3;
    out.emit('resize');
    take();
    screen.draw(['a', 'b', 'c']);
    expect(take()).toBe('\x1b[2Ka\n\x1b[2Kb\n\x1b[J');

    out.columns = 10;
    out.emit('resize');
    take();
    screen.draw(['a']);
    expect(take()).toBe('\x1b[2K(too narr\n\x1b[J');
    screen.close();
  });
});
