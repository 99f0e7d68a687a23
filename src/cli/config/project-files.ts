import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { MAX_TIMEOUT_MS } from '../../platform/limits.js';
import { TIMED_APIS, type NetworkTimeout } from '../../platform/network-timeout.js';
import type { Finding } from '../finding.js';
import { readJson } from './read-json.js';
import type { Located } from './located.js';
import { parsedObject } from './schema-issues.js';

/** What the developer tools' own files say. */
export interface ProjectFiles {
  readonly appId: string | undefined;
  /** 不校验合法域名 switched off: `true` unless a file says otherwise. */
  readonly urlCheck: boolean;
  readonly miniprogramRoot: string | undefined;
  readonly cloudfunctionRoot: string | undefined;
  readonly networkTimeout: NetworkTimeout;
  readonly findings: readonly Finding[];
}

const projectConfig = v.looseObject({
  appid: v.optional(v.string()),
  miniprogramRoot: v.optional(v.string()),
  cloudfunctionRoot: v.optional(v.string()),
  setting: v.optional(v.looseObject({ urlCheck: v.optional(v.boolean()) })),
});
const appConfig = v.looseObject({ networkTimeout: v.optional(v.record(v.string(), v.unknown())) });

/** Reads `project.config.json`, `project.private.config.json` (the second wins) and `app.json` or `game.json`. */
export function readProjectFiles(folder: string): ProjectFiles {
  const findings: Finding[] = [];
  const open = (...names: string[]): Located | undefined => {
    const file = names.find((name) => existsSync(join(folder, name)));
    if (file === undefined) return undefined;
    const read = readJson(join(folder, file), file);
    if ('located' in read) return read.located;
    findings.push(read.finding);
    return undefined;
  };
  const settingsIn = (name: string): v.InferOutput<typeof projectConfig> => {
    const located = open(name);
    if (!located) return {};
    const { output, findings: misread } = parsedObject(projectConfig, located.value, located);
    findings.push(...misread);
    if (output?.setting?.urlCheck === false) findings.push(urlCheckOff(located));
    return output ?? {};
  };

  const shared = settingsIn('project.config.json');
  const own = settingsIn('project.private.config.json');
  const miniprogramRoot = own.miniprogramRoot ?? shared.miniprogramRoot;
  const roots = [miniprogramRoot, '.', 'src', 'miniprogram', 'dist'].filter((root) => root !== undefined);
  const app = open(...roots.flatMap((root) => [join(root, 'app.json'), join(root, 'game.json')]));

  return {
    appId: own.appid ?? shared.appid,
    urlCheck: own.setting?.urlCheck ?? shared.setting?.urlCheck ?? true,
    miniprogramRoot,
    cloudfunctionRoot: own.cloudfunctionRoot ?? shared.cloudfunctionRoot,
    networkTimeout: app ? networkTimeoutIn(app, findings) : {},
    findings,
  };
}

function networkTimeoutIn(app: Located, findings: Finding[]): NetworkTimeout {
  const { output, findings: misread } = parsedObject(appConfig, app.value, app);
  findings.push(...misread);
  const timeouts: Record<string, number> = {};
  for (const [api, ms] of Object.entries(output?.networkTimeout ?? {})) {
    const place = app.placeOf(['networkTimeout', api]);
    const tell = (severity: Finding['severity'], rule: Finding['rule'], en: string, zh: string) =>
      findings.push({ severity, rule, place, what: { en, zh } });

    if (!Object.prototype.hasOwnProperty.call(TIMED_APIS, api)) {
      const known = Object.keys(TIMED_APIS).join(', ');
      tell(
        'error',
        'TIME-2',
        `networkTimeout has no '${api}'; there are ${known}`,
        `networkTimeout 里没有 '${api}'；可以写的有 ${known}`,
      );
    } else if (!(typeof ms === 'number' && ms > 0 && ms < Infinity)) {
      const got = JSON.stringify(ms);
      tell(
        'error',
        'TIME-2',
        `networkTimeout.${api}: expected a positive number of milliseconds; got ${got}`,
        `networkTimeout.${api}：应为正数（毫秒），实际是 ${got}`,
      );
    } else {
      timeouts[api] = ms;
      if (ms > MAX_TIMEOUT_MS) {
        tell(
          'warning',
          'TIME-1',
          `networkTimeout.${api}: ${ms} ms is cut to ${MAX_TIMEOUT_MS}; write ${MAX_TIMEOUT_MS}`,
          `networkTimeout.${api}：${ms} 毫秒超过上限，按 ${MAX_TIMEOUT_MS} 处理；请改为 ${MAX_TIMEOUT_MS}`,
        );
      }
    }
  }
  return timeouts;
}

function urlCheckOff(located: Located): Finding {
  return {
    severity: 'warning',
    rule: 'url-check',
    place: located.placeOf(['setting', 'urlCheck']),
    what: {
      en: 'urlCheck is false: the developer tools check no domain, so what works there can fail on a phone',
      zh: 'urlCheck 为 false：开发者工具不校验合法域名，工具里能用的请求到真机上可能失败',
    },
    fix: { en: 'set it to true', zh: '改为 true' },
  };
}
