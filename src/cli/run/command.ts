import { basename } from 'node:path';
import { createMiniProgram, type MiniProgram } from '../../miniprogram/mini-program.js';
import { createAppRecord } from '../../miniprogram/app-record.js';
import { createSimulator } from '../../simulator/create-simulator.js';
import type { SimulatorOptions } from '../../simulator/options.js';
import { nodeWire } from '../../simulator/wires/node.js';
import { lookAt } from '../inspect/look-at.js';
import type { CommandInput, OptionValues } from '../command-input.js';
import { loadProject, type Project } from '../config/load-project.js';
import type { Said } from '../language.js';
import { lintLists } from '../lint/lint-lists.js';
import { findingLines } from '../lint/report.js';
import { authorityIn, placesOf } from '../values.js';
import { askedFor } from './asked-for.js';
import { nearestTruth } from './find-app.js';
import { mockWire } from './mock-wire.js';
import { phoneNamed } from './phones.js';
import { lastPlannedMs, plan } from './plan.js';
import { reportLines, traceLine } from './report-lines.js';
import { runApp, thrownLines } from './run-app.js';
import { runToEnd } from './run-to-end.js';
import { runScript } from './run-script.js';
import { createNews } from './news.js';
import { whenEnded } from './when-ended.js';

const NEVER_STARTED: Said = {
  en: 'the script waits at its top level for something that never comes',
  zh: '脚本在顶层 await 上等待，但永远等不到结果',
};

const STUCK: Said = {
  en: 'the app has not come back for 10 s, so it is stopped: look for a loop without an end',
  zh: '小程序已有 10 秒没有返回，因此停止运行：请检查是否有死循环',
};

/** To whoever looks at a terminal that says nothing. */
const WAITS: Said = {
  en: '… runs until nothing is left to do, or the network has been quiet for 5 s; Ctrl-C ends it now, --trace shows what happens',
  zh: '……运行到无事可做，或网络安静五秒；按 Ctrl-C 立即结束，--trace 显示经过',
};
const WAITS_AFTER_MS = 1_000;

/**
 * `rx-miniprogram run <app>`: runs a mini program, or a script with the simulator as the global `wx`, until it has nothing
 * more to do. Resolves to the exit code: 1 where a rule refused a call, or the app
 * threw; but for pages that `--visit-all` opened without their query.
 */
export async function runCommand({ values, positionals, language, paint, context }: CommandInput): Promise<number> {
  const { print, printError } = context;
  const { what, app, spans, forMs, steps } = askedFor({ values, positionals, context });

  const projectFolder = app?.project ?? what.folder;
  const project = await loadProject(projectFolder, values.config ?? nearestTruth(projectFolder));
  const lists = lintLists(project);
  for (const finding of [...project.findings, ...lists.findings]) {
    if (finding.severity === 'error') for (const line of findingLines(finding, language, paint)) printError(line);
  }

  const simulator = createSimulator(optionsOf(project, lists.domains, values, context.folder));
  const startedAt = simulator.scheduler.now();
  let lastEventAt = startedAt;
  const isNews = createNews();
  simulator.events$.subscribe((event) => {
    if (isNews(event)) lastEventAt = event.at;
    if (values.trace === true) printError(paint('faint', traceLine(event, startedAt)));
  });

  // Where a script reads the output, what the app says goes beside it.
  const say = values.json === true ? printError : print;
  const look =
    values.inspect === true ? await lookAt(simulator, basename(what.path), { values, language, context }) : undefined;
  if (look) say(look.said);
  const miniProgram: MiniProgram | undefined =
    app &&
    createMiniProgram({
      folder: app,
      simulator,
      said: (level, line) => (level === 'error' || level === 'warn' ? printError : say)(line),
      onThrown: ({ message, places }) => thrownLines({ message, places }).forEach(printError),
    });
  const record = miniProgram?.record ?? createAppRecord(startedAt);
  if (!miniProgram) simulator.events$.subscribe(record.note);
  const onThrown = (error: unknown) => {
    if (miniProgram) {
      miniProgram.threw(error);
      return;
    }
    record.threw({ message: error instanceof Error ? error.message : String(error) });
    printError(error instanceof Error ? ownStack(error) : String(error));
  };
  const onRejected = (reason: unknown) => {
    if (miniProgram) miniProgram.rejected(reason);
    else onThrown(reason);
  };
  const summarise = () => {
    const report = record.report();
    if (values.json === true) print(JSON.stringify(report, undefined, 2));
    else for (const line of reportLines(report, language, paint, project.truth !== undefined)) print(line);
    return report.summary.refused > 0 || report.errors.some(({ withoutQuery }) => withoutQuery !== true) ? 1 : 0;
  };

  let isDone = false;
  const timers = [...plan(simulator, spans)];
  // A heartbeat never ends; but an app that says nothing to the network has shown what there is to see.
  const isQuiet = () => {
    const isOpen = record.calls().some(({ outcome, api }) => outcome === 'open' && api !== 'connectSocket');
    const quietSince = Math.max(lastEventAt, startedAt + lastPlannedMs(spans));
    return miniProgram !== undefined && isDone && !isOpen && simulator.scheduler.now() - quietSince > QUIET_MS;
  };
  const start = () => {
    const user = { page: values.page, visitAll: values['visit-all'] === true, steps };
    const running = miniProgram ? runApp(miniProgram, simulator, user) : runScript(what.path, simulator, record);
    void running.catch(onThrown).then(() => {
      isDone = true;
      const isWatched = context.terminal && values.json !== true && forMs === undefined;
      if (isWatched) timers.push(setTimeout(() => printError(paint('faint', WAITS[language])), WAITS_AFTER_MS).unref());
    });
  };
  const reason = await runToEnd(start, {
    stuck: STUCK[language],
    ended: whenEnded(forMs, isQuiet),
    onThrown,
    onRejected,
    // A script that ends the process itself has a summary, too; its own exit code stays, unless it says that all is well.
    onExit: (code) => {
      process.exitCode = Math.max(code, summarise());
      void simulator.close();
    },
  });
  timers.forEach(clearTimeout);
  if (reason === 'idle' && !isDone) onThrown(NEVER_STARTED[language]);
  const code = summarise();
  // Who wants to look has time to, unless it was said how long.
  if (look && forMs === undefined && reason !== 'interrupt') await whenEnded(undefined, () => false);
  await Promise.all([simulator.close(), look?.close()]);
  // A heartbeat, or whatever else the app left running, must not keep the command alive.
  if (reason !== 'idle' || record.report().errors.length > 0) setTimeout(() => process.exit(), 100).unref();
  return code;
}

/** How long nothing happens on the network until an app that goes on is taken to have shown all. Milliseconds. */
const QUIET_MS = 5_000;

/** Without the places in Node.js, and in what was installed: they say nothing of the script. */
function ownStack({ stack, message }: Error): string {
  return (stack ?? message)
    .split('\n')
    .filter((line) => !/^\s+at .*node:/.test(line))
    .join('\n');
}

function optionsOf(
  { networkTimeout, appId, urlCheck }: Project,
  domains: SimulatorOptions['domains'],
  values: OptionValues,
  folder: string,
): SimulatorOptions {
  const ca = authorityIn(values.ca, folder);
  const lookup = placesOf(values.map, values.resolve);
  const phone = phoneNamed(values.phone);
  // A project that nobody has registered yet has none, or an empty one.
  const common = { domains, networkTimeout, urlCheck, phone, ...(appId !== undefined && appId !== '' && { appId }) };
  if (values.mock === undefined) return { ...common, ca, lookup };
  return { ...common, wire: mockWire(values.mock, folder, nodeWire({ ca, lookup, verifyCertificates: urlCheck })) };
}
