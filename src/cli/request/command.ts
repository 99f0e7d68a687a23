import type { DomainLists } from '../../platform/domain-lists.js';
import type { CommandInput } from '../command-input.js';
import { loadProject } from '../config/load-project.js';
import { lintLists } from '../lint/lint-lists.js';
import { UsageError } from '../usage-error.js';
import { authorityIn, charsetOf, headerOf, millisecondsOf, oneUrl, resolvesOf } from '../values.js';
import { answerLines } from './answer-lines.js';
import { errorLines } from './error-lines.js';
import { givenDomains, ownDomain } from './own-domain.js';
import { send } from './send.js';

/** `rx-miniprogram request <url>`. Resolves to the exit code: 0 for every answer (CB-1), 1 where there is none. */
export async function requestCommand({ values, positionals, language, context }: CommandInput): Promise<number> {
  const { print, printError, folder } = context;
  const url = oneUrl(positionals);
  const { data, domain, config } = values;
  const method = (values.method ?? (data === undefined ? 'GET' : 'POST')).toUpperCase();
  if (method === 'PATCH') {
    throw new UsageError({
      en: "the platform has no PATCH; send --method POST with --header 'X-HTTP-Method-Override: PATCH', if your server knows it",
      zh: "平台没有 PATCH；如果服务器支持，请用 --method POST 加 --header 'X-HTTP-Method-Override: PATCH'",
    });
  }

  const project = await loadProject(folder, config);
  const configured = project.truth && domain === undefined ? lintLists(project).domains : undefined;
  const domains: DomainLists = configured ?? {
    request: domain === undefined ? ownDomain(url) : givenDomains(domain),
  };
  const request = {
    url,
    method,
    data,
    header: headerOf(values.header ?? []),
    timeoutMs: millisecondsOf('--timeout', values.timeout),
    domains,
    networkTimeout: project.networkTimeout,
    appId: project.appId,
    ca: authorityIn(values.ca, folder),
    lookup: resolvesOf(values.resolve),
  };
  const charset = charsetOf(values.charset);

  print(`${method} ${url}`);
  const [own] = domains.request ?? [];
  if (configured) print(`note    ${language === 'zh' ? '域名来自' : 'the domains are those of'} ${project.truthFile}`);
  else if (domain === undefined && own !== undefined) {
    print(
      language === 'zh'
        ? `note    这里允许 ${own}；真机上必须在 request 合法域名中`
        : `note    ${own} is allowed here; on a phone it must be in the request domains`,
    );
  }

  const sent = await send(request);
  if ('answer' in sent) {
    for (const line of answerLines(sent.answer, charset, language)) print(line);
    return 0;
  }
  for (const line of errorLines(sent.failed, language)) printError(line);
  return 1;
}
