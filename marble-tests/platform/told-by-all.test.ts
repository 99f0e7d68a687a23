import fc from 'fast-check';
import type { Finding } from '../../src/cli/finding.js';
import { addressChecks, apiOf } from '../../src/cli/doctor/address-checks.js';
import { findingOfEntry } from '../../src/cli/lint/entry-problem.js';
import { calledHosts, judgeHosts } from '../../src/cli/lint/judge-addresses.js';
import { errorLines } from '../../src/cli/request/error-lines.js';
import { givenDomains, ownDomain } from '../../src/cli/request/own-domain.js';
import { reportLines } from '../../src/cli/run/report-lines.js';
import { withoutColour } from '../../src/cli/terminal/paint.js';
import { visible } from '../../src/cli/terminal/visible.js';
import { refusalFix, refusalText } from '../../src/cli/refusal-text.js';
import type { AppReport, RecordedCall } from '../../src/miniprogram/app-record.js';
import type { DomainApi, DomainListName } from '../../src/platform/domain-apis.js';
import { problemOfEntry } from '../../src/platform/domain-entry.js';
import { compileDomains } from '../../src/platform/domain-lists.js';
import { checkDomain } from '../../src/platform/domain-rule.js';
import type { Refusal } from '../../src/platform/refusal.js';
import { refusalSentence } from '../../src/platform/refusal-words.js';
import { admissionFailure } from '../../src/simulator/rules/admission.js';
import { detailOf, refusalOf, ruleOf } from '../../src/simulator/rules/failure.js';
import { settingsOf } from '../../src/simulator/settings.js';
import { VECTOR_DEVICE } from '../../tests/support/domain-vectors.js';

// More of them by an environment variable.
const RUNS = Number(process.env.HISTORIES ?? 400);
const APIS: readonly DomainApi[] = ['request', 'uploadFile', 'downloadFile', 'socket'];
const LISTS: readonly DomainListName[] = [...APIS, 'tcp', 'udp'];
type Lists = { readonly [Name in DomainListName]: readonly string[] };

const scheme = fc.constantFrom(
  'https://',
  'https://',
  'http://',
  'wss://',
  'ws://',
  'tcp://',
  'udp://',
  'ftp://',
  'HTTPS://',
  '',
  '//',
);
const host = fc.oneof(
  fc.constantFrom('api.example.com', 'API.Example.com', 'img.api.example.com', 'example.com', 'shop.example.org'),
  fc.constantFrom(
    ...['xn--fsqu00a.com', '例子.com', 'api.example.com.', '*.example.com', 'a_b.com', 'a..com', 'intranet', 'com'],
    ...['127.0.0.1', '0.0.0.0', '192.168.7.20', '192.168.7.21', '192.168.8.1', '8.8.8.8', '127.1', '0x7f.1', '[::1]'],
    ...['localhost', 'a.localhost', 'api.weixin.qq.com', 'API.weixin.qq.com', 'mp.api.weixin.qq.com', ''],
    ...['s3.amazonaws.com', 'github.io', 'com.cn', 'me.github.io', 'api.example.nosuchtld'],
    ...['me@api.example.com', '%61pi.example.com'],
  ),
);
const port = fc.constantFrom('', '', '', ':443', ':80', ':8080', ':0', ':', ':x', ':65536');
const rest = fc.constantFrom('', '/', '/v1?a=1', '?a=1', '#b', '/ b', '/\u200b');
const address = fc.tuple(scheme, host, port, rest).map((parts) => parts.join(''));

/** Lists of all APIs, such as lint lets pass. */
const lists: fc.Arbitrary<Lists> = fc
  .array(fc.tuple(fc.constantFrom(...LISTS), host, port), { maxLength: 12 })
  .map((entries) => {
    const filled = Object.fromEntries(LISTS.map((name) => [name, [] as string[]]));
    for (const [name, at, number] of entries) {
      const entry = `${SCHEMES[name]}://${at}${number}`;
      if (findingOfEntry(name, entry)?.severity !== 'error') filled[name]?.push(entry);
    }
    return filled as unknown as Lists;
  });
const SCHEMES = { request: 'https', uploadFile: 'https', downloadFile: 'https', socket: 'wss', tcp: 'tcp', udp: 'udp' };

/** What a text says to do, read as a person would. */
function advised(text: { readonly en: string; readonly zh: string } | undefined) {
  if (!text) return undefined;
  const en = {
    write: /\bwrite (\S+:\/\/[^\s,;]+)/.exec(text.en)?.[1],
    add: /\badd (\S+) to the (\w+) domains/.exec(text.en),
  };
  const zh = {
    write: /请写 (\S+:\/\/[^\s，；]+)/.exec(text.zh)?.[1],
    add: /在 (\w+) (?:合法)?域名中添加 ([^\s（；]+)/.exec(text.zh),
  };
  const told = {
    write: en.write,
    entry: en.add?.[1],
    api: en.add?.[2] as DomainListName | undefined,
    both: / and add /.test(text.en),
  };
  expect({ write: zh.write, entry: zh.add?.[2], api: zh.add?.[1], both: text.zh.includes('，并在') }).toEqual(told);
  return told;
}

/** Does what a text says, and asks again. */
function follow(
  text: { readonly en: string; readonly zh: string } | undefined,
  url: string,
  to: Lists,
  isRefused: (url: string, lists: Lists) => unknown,
): number {
  const told = advised(text);
  if (!told) return 0;
  const { write, entry, api, both } = told;
  const longer = api && entry !== undefined ? { ...to, [api]: [...to[api], entry] } : to;
  if (api && entry !== undefined) expect([entry, findingOfEntry(api, entry)?.severity]).not.toEqual([entry, 'error']);
  if (write !== undefined) expect([url, write, isRefused(write, both ? longer : to)]).toEqual([url, write, undefined]);
  if (entry !== undefined && !both) expect([url, entry, isRefused(url, longer)]).toEqual([url, entry, undefined]);
  return write !== undefined || entry !== undefined ? 1 : 0;
}

describe('the same rule, told once', () => {
  it('[K8.1] [K8.2] [K8.3] of a URL, by the library, the simulator, lint, doctor and request', () => {
    let followed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...APIS), address, lists, (api, url, domains) => {
        const compiled = compileDomains(domains);
        const refusal = checkDomain(api, url, compiled);

        const lint = (at: string, to: Lists): Finding | undefined => judgeHosts(calledHosts([called(api, at)]), to)[0];
        const finding = lint(url, domains);
        expect([url, finding?.rule]).toEqual([url, refusal?.rule]);
        followed += follow(finding?.fix, url, domains, lint);

        // Where a redirect leads is asked of the list of requests, whatever its scheme.
        if (apiOf(url) === api || api === 'request') {
          const doctor = (at: string, to: Lists) => addressChecks(at, to, api).find(({ verdict }) => verdict === 'bad');
          const bad = doctor(url, domains);
          expect(bad?.subject).toBe(refusal?.rule);
          expect(bad?.what).toEqual(refusal && refusalText(refusal));
          followed += follow(bad?.fix, url, domains, doctor);
        }

        // The simulator knows its device.
        const known = checkDomain(api, url, compiled, VECTOR_DEVICE);
        const failure = admitted(api, url, domains);
        if (!URL.canParse(url) && !failure) throw new Error(url);
        if (URL.canParse(url) || known?.api === undefined) {
          expect([url, failure && ruleOf(failure)]).toEqual([url, known?.rule]);
          expect(failure && detailOf(failure)).toBe(known && refusalSentence(known));
        }
        if (failure && refusalOf(failure)) {
          const told = refusalFix(refusalOf(failure) as Refusal);
          followed += follow(told, url, domains, (at, to) => admitted(api, at, to));
        }
      }),
      { numRuns: RUNS * 3 },
    );
    expect(followed).toBeGreaterThan(RUNS);
  });

  it('[K8.2] of an entry, by the library, lint and --domain; and what it says to write is taken', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LISTS), address, (api, entry) => {
        const refusal = problemOfEntry(api, entry);
        const finding = findingOfEntry(api, entry);
        if (refusal) {
          expect(finding?.rule).toBe(refusal.rule);
          expect(() => compileDomains({ [api]: [entry] })).toThrow(`[${refusal.rule}] ${refusalSentence(refusal)}`);
        } else {
          expect(() => compileDomains({ [api]: [entry] })).not.toThrow();
        }
        if (api === 'request' && finding?.severity === 'error') {
          expect(() => givenDomains([entry])).toThrow(`[${finding.rule}] ${finding.what.en}`);
        }
        const told = advised(finding?.fix);
        if (told?.write !== undefined)
          expect([entry, findingOfEntry(api, told.write)?.severity]).not.toEqual([entry, 'error']);
        if (told?.entry !== undefined && told.api)
          expect([entry, findingOfEntry(told.api, told.entry)?.severity]).not.toEqual([entry, 'error']);
      }),
      { numRuns: RUNS * 3 },
    );
  });

  it('[K8.2] [K8.3] of an entry without a scheme, with an example that is an entry', () => {
    const { en = '', zh = '' } = findingOfEntry('request', '//api.example.com')?.fix ?? {};

    for (const text of [en, zh]) expect(findingOfEntry('request', /https:\S+/.exec(text)?.[0] ?? '')).toBeUndefined();
  });

  it('[K8.2] [K8.3] by request, whose --domain takes what its fix says, and by run, in both languages', () => {
    fc.assert(
      fc.property(address, (url) => {
        const failure = admissionFailure(
          'request',
          url,
          settingsOf({ domains: { request: ownDomain(url) } }),
          VECTOR_DEVICE,
        );
        const refusal = failure && refusalOf(failure);
        if (!refusal) return;
        const lines = (language: 'en' | 'zh') =>
          errorLines(
            {
              code: 'domain-not-allowed',
              rule: ruleOf(failure),
              errMsg: '',
              errno: 1,
              detail: '',
              refusal,
              redirected: false,
            },
            language,
          ).join('\n');
        const record = { ...RECORDED, url, rule: ruleOf(failure), refusal, detail: detailOf(failure) };
        for (const language of ['en', 'zh'] as const) {
          const text = lines(language);
          expect(text).toContain(`rule    ${refusal.rule}`);
          const what = refusalText(refusal)[language];
          const fix = refusalFix(refusal)?.[language] ?? '';
          const run = reportLines({ ...REPORT, calls: [record] }, language, withoutColour).join('\n');
          for (const told of [text, run]) for (const part of [what, fix]) expect(told).toContain(visible(part));
          expect(run).toContain(`  ${refusal.rule}  GET `);
          const given = /--domain (\S+)/.exec(text)?.[1];
          if (given !== undefined) expect(givenDomains([given])).toEqual([given]);
        }
      }),
      { numRuns: RUNS * 2 },
    );
  });
});

const RECORDED: Omit<RecordedCall, 'url'> = {
  ...{ id: 1, api: 'request', method: 'GET', page: 'pages/a/a', at: 0, inBackground: false, slow: false },
  outcome: 'refused',
};
const REPORT: AppReport = {
  ...{ version: 1, calls: [], pages: [], standIns: [], errors: [], unhandled: [], missing: [] },
  summary: { calls: 1, answered: 0, refused: 1, failed: 0, cut: 0, open: 0, slow: 0, inBackground: 0, errors: 0 },
};

function admitted(api: DomainApi, url: string, domains: Lists) {
  return admissionFailure(api, url, settingsOf({ domains, device: VECTOR_DEVICE }), VECTOR_DEVICE);
}

function called(api: DomainApi, url: string) {
  const place = { file: 'app.js', line: 1 };
  return { api, url, place, call: place, guessed: false, development: false, thirdParty: false, waived: false };
}
