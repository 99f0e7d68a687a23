import { commandOf, UsageError } from '../../examples/command-line/command.js';
import { HELP } from '../../examples/command-line/help.js';
import { displayWidth } from '../../examples/terminal/display-width.js';
import { npmStart } from './support/npm-start.js';

const URL = 'https://api.example.com/items';

describe('the arguments of npm start', () => {
  it('mean the forty requests when there are none', () => {
    expect(commandOf([])).toEqual({ name: 'forty-requests', json: false, phone: 'android' });
    expect(commandOf(['--json'])).toEqual({ name: 'forty-requests', json: true, phone: 'android' });
  });

  it('may ask for the page', () => {
    expect(commandOf(['--inspect'])).toMatchObject({ inspect: true });
  });

  it('may name the phone', () => {
    expect(commandOf(['--phone', 'ios', '--json'])).toEqual({ name: 'forty-requests', json: true, phone: 'ios' });
    expect(() => commandOf(['--phone', 'nokia'])).toThrow(
      '--phone: expected one of android, ios, harmony, windows, mac, devtools; got nokia',
    );
  });

  it('are those of rx-miniprogram request when there is a URL', () => {
    expect(commandOf([URL, '--method', 'HEAD'])).toEqual({ name: 'one-request', args: [URL, '--method', 'HEAD'] });
  });

  it('say what was expected and what came', () => {
    expect(() => commandOf(['--jsn'])).toThrow(UsageError);
    expect(() => commandOf(['--jsn'])).toThrow("Unknown option '--jsn'");
  });

  it('come with a help that fits', () => {
    expect(commandOf(['--help', '--json'])).toEqual({ name: 'help' });
    expect(Math.max(...HELP.split('\n').map(displayWidth))).toBeLessThanOrEqual(79);
  });

  it('reach the command', async () => {
    const { code, errors } = await npmStart('https://api.weixin.qq.com/', '--lang', 'en');

    expect(code).toBe(1);
    expect(errors).toContain('rule    DOM-7');
  }, 20_000);
});
