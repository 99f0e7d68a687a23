import type { AppReport, RecordedCall } from '../../../src/miniprogram/app-record.js';
import { reportLines, traceLine } from '../../../src/cli/run/report-lines.js';
import { withoutColour } from '../../../src/cli/terminal/paint.js';

const call = (id: number, more: Partial<RecordedCall>): RecordedCall => ({
  id,
  api: 'request',
  method: 'GET',
  url: `https://api.example.com/${id}`,
  page: 'pages/a/a',
  at: 0,
  outcome: 'answered',
  inBackground: false,
  slow: false,
  ...more,
});

const REPORT: AppReport = {
  version: 1,
  calls: [
    call(1, { outcome: 'refused', rule: 'DOM-1', url: 'https://other.example.com/a', detail: 'not listed' }),
    call(2, { outcome: 'refused', rule: 'DOM-1', url: 'https://other.example.com/a?b', detail: 'not listed' }),
    call(3, { outcome: 'failed', errMsg: 'request:fail -102:net::ERR_CONNECTION_REFUSED' }),
    call(4, { outcome: 'failed', errMsg: 'request:fail timeout' }),
    call(5, { outcome: 'cut', rule: 'BG-1', errMsg: 'request:fail interrupted', inBackground: true }),
    call(6, { slow: true, durationMs: 4_200 }),
    call(7, {
      outcome: 'refused',
      rule: 'DOM-8',
      refusal: {
        rule: 'DOM-8',
        problem: 'subdomain',
        api: 'request',
        seen: 'https://img.example.com',
        nearest: 'https://example.com',
        add: { api: 'request', entry: 'https://img.example.com' },
      },
      detail: 'https://example.com does not cover https://img.example.com',
    }),
  ],
  pages: [{ path: 'pages/a/a', opened: 1, calls: 7 }],
  standIns: [
    { api: 'showModal', kind: 'declined', count: 2 },
    { api: 'chooseMedia', kind: 'scripted', count: 1 },
    { api: 'getMenuButtonBoundingClientRect', kind: 'answered', count: 1 },
  ],
  errors: [
    { message: 'x is not a function', page: 'pages/a/a', place: { file: 'pages/a/a.js', line: 3, column: 5 } },
    { message: 'no place', page: 'pages/a/a' },
  ],
  unhandled: [{ errMsg: 'login:fail', count: 2 }],
  missing: ['package lodash'],
  summary: {
    calls: 7,
    answered: 1,
    refused: 3,
    failed: 2,
    cut: 1,
    open: 1,
    slow: 1,
    inBackground: 1,
    errors: 2,
  },
};

describe('what a run ends with', () => {
  it('counts what the app has aborted apart from what failed', () => {
    const { summary } = REPORT;
    const calls = [call(1, { outcome: 'failed', errMsg: 'request:fail abort' })];
    const report = {
      ...REPORT,
      calls,
      summary: { ...summary, calls: 1, answered: 0, refused: 0, failed: 1, cut: 0, open: 0 },
    };
    const text = reportLines(report, 'zh', withoutColour).join('\n');

    expect(text).toContain('共 1 次调用：0 次有应答，0 次被规则拒绝，0 次失败，1 次由小程序取消\n');
    expect(text).toContain('由小程序取消\n  GET https://api.example.com/1\n');
    expect(text).not.toContain('\n失败\n');
  });

  it('says that there are no lists, where that is why a rule refused', () => {
    const words = (hasLists: boolean) => reportLines(REPORT, 'zh', withoutColour, hasLists).join('\n');

    expect(words(false)).toContain(
      "没有 rx-miniprogram.config.*，所以每份域名列表都是空的；请在源码所在的文件夹执行 'rx-miniprogram lint --fix'",
    );
    expect(words(true)).not.toContain('lint --fix');
  });

  it('traces in one line whatever a key is', () => {
    const event = { type: 'storage-called', at: 0, operation: 1, api: 'setStorage', keys: ['a\nb'] } as const;
    expect(traceLine(event as never, 0)).not.toContain('\n');
  });

  it('tells each kind of end under its own title, alike calls once', () => {
    const text = reportLines(REPORT, 'en', withoutColour).join('\n');

    expect(text).toContain('7 calls: 1 answered, 3 refused by a rule, 2 failed, 1 cut, 1 not ended');
    expect(text).toContain('DOM-1  GET https://other.example.com/a ×2');
    expect(text).toContain('pages/a/a.js:3:5: x is not a function');
    expect(text).toContain('say it by --map api.example.com=127.0.0.1:8443, or answer for it by --mock answers.json');
    expect(text).toContain('4.2 s  GET https://api.example.com/6');
    expect(text).toContain('showModal (the user says no) ×2, chooseMedia (as scripted), getMenuButton');
    expect(text).toContain('login:fail ×2');
    expect(text).toContain('package lodash');
  });

  it('tells it in Chinese, the refusal from its data', () => {
    const text = reportLines(REPORT, 'zh', withoutColour).join('\n');

    expect(text).toContain('共 7 次调用：1 次有应答，3 次被规则拒绝，2 次失败，1 次中断，1 次未结束');
    expect(text).toContain('在 request 合法域名中添加 https://img.example.com');
    expect(text).toContain('showModal（用户拒绝） ×2');
  });

  it('says nothing of what did not happen', () => {
    const none = { ...REPORT.summary, calls: 1, answered: 1, refused: 0, failed: 0, cut: 0, open: 0, inBackground: 0 };
    const quiet: AppReport = {
      ...REPORT,
      calls: [call(1, {})],
      pages: [],
      standIns: [],
      errors: [],
      unhandled: [],
      missing: [],
      summary: none,
    };

    expect(reportLines(quiet, 'en', withoutColour)).toEqual(['1 call: 1 answered, 0 refused by a rule, 0 failed']);
  });

  it('has a line an event, with what the event says', () => {
    expect(traceLine({ type: 'started', id: 3, at: 1_250 } as never, 1_000)).toBe('   0.250 s  #3 started');
    expect(traceLine({ type: 'hidden', at: 2_000, reason: 1 } as never, 1_000)).toBe('   1.000 s  hidden  reason=1');
  });
});
