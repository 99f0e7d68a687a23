import { commandOf, UsageError } from '../../examples/command-line/command.js';
import { HELP } from '../../examples/command-line/help.js';
import { displayWidth } from '../../examples/terminal/display-width.js';

const URL = 'https://api.example.com/items';

describe('the arguments of npm start', () => {
  it('mean the forty requests when there are none', () => {
    expect(commandOf([])).toEqual({ name: 'forty-requests', json: false });
    expect(commandOf(['--json'])).toEqual({ name: 'forty-requests', json: true });
  });

  it('mean one request when there is a URL', () => {
    expect(commandOf([URL])).toEqual({
      name: 'one-request',
      request: {
        url: URL,
        method: 'GET',
        data: undefined,
        header: {},
        charset: undefined,
        timeoutMs: undefined,
        domains: ['https://api.example.com'],
        domainsGiven: false,
        ca: undefined,
        lookup: undefined,
      },
    });
  });

  it('fill in the request', () => {
    const command = commandOf([
      ...[URL, '--header', 'X-A: 1', '--header', 'X-B:two: three', '--data', '{"a":1}', '--timeout', '500'],
      ...['--charset', 'gbk', '--domain', 'https://other.example.com', '--lookup', 'api.example.com=127.0.0.1:8443'],
    ]);

    expect(command).toMatchObject({
      request: {
        method: 'POST',
        header: { 'X-A': '1', 'X-B': 'two: three' },
        data: '{"a":1}',
        timeoutMs: 500,
        charset: 'gbk',
        domains: ['https://other.example.com'],
        domainsGiven: true,
      },
    });
    if (command.name !== 'one-request') throw new Error(command.name);
    const { lookup } = command.request;
    expect(lookup?.('API.example.com', 443)).toEqual({ address: '127.0.0.1', port: 8443 });
    expect(lookup?.('other.example.com', 443)).toBeUndefined();
  });

  it.each([
    ['http://api.example.com/', ['https://api.example.com']],
    ['https://api.example.com:8443/', ['https://api.example.com:8443']],
    ['https://api.weixin.qq.com/', []],
    ['http://192.168.1.7:3000/', []],
    ['http://localhost:3000/', []],
  ])('list for %s what can be listed', (url, domains) => {
    expect(commandOf([url])).toMatchObject({ request: { domains } });
  });

  it.each([
    [['--jsn'], "Unknown option '--jsn'"],
    [[URL, '--domain'], '--domain'],
    [['--domain', 'https://a.example.com'], '--domain goes with a URL; expected one, got none'],
    [['--json', URL], '--json prints the figures of the demo'],
    [['api.example.com'], "expected a URL such as https://api.example.com/items; got 'api.example.com'"],
    [['https://'], "got 'https://'"],
    [[URL, URL], 'expected one URL; got 2 arguments'],
    [[URL, '--domain', 'api.example.com'], '--domain: "api.example.com": [DOM-1] it is not absolute'],
    [[URL, '--header', 'X-A'], "--header: expected 'name: value'; got 'X-A'"],
    [[URL, '--charset', 'klingon'], "got 'klingon'"],
    [[URL, '--timeout', 'soon'], "--timeout: expected a whole number of milliseconds from 1, such as 5000; got 'soon'"],
    [[URL, '--timeout', '0'], "got '0'"],
    [[URL, '--ca', 'no-such-file.pem'], "--ca: expected a file that can be read; got 'no-such-file.pem' (ENOENT)"],
    [
      [URL, '--ca', 'package.json'],
      "--ca: expected a PEM file, with -----BEGIN CERTIFICATE----- in it; got 'package.json'",
    ],
    [
      [URL, '--lookup', 'here'],
      "--lookup: expected host=address:port, as in api.example.com=127.0.0.1:8443; got 'here'",
    ],
  ])('%j say what was expected and what came', (args, message) => {
    expect(() => commandOf(args)).toThrow(UsageError);
    expect(() => commandOf(args)).toThrow(message);
  });

  it('come with a help that fits', () => {
    expect(commandOf(['--help', '--json'])).toEqual({ name: 'help' });
    expect(Math.max(...HELP.split('\n').map(displayWidth))).toBeLessThanOrEqual(79);
  });
});
