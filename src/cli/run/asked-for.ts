import { readAppFolder, type AppFolder } from '../../miniprogram/app-folder.js';
import { isAppProblem } from '../../miniprogram/app-problem.js';
import type { CommandInput } from '../command-input.js';
import { UsageError } from '../usage-error.js';
import { findApp } from './find-app.js';
import type { PlannedSpans } from './plan.js';
import { stepsIn } from './read-steps.js';
import { durationOf, spanOf } from './time-spans.js';

/** What is to be run, and how, as the command line says. */
export function askedFor({ values, positionals, context }: Pick<CommandInput, 'values' | 'positionals' | 'context'>) {
  if (positionals.length > 1) {
    const got = positionals.join(' ');
    throw new UsageError({
      en: `expected one script or folder; got ${got}`,
      zh: `应只给出一个脚本或文件夹，实际是 ${got}`,
    });
  }
  const what = findApp(context.folder, positionals[0]);
  const spans: PlannedSpans = {
    background: (values.background ?? []).map((text) => spanOf('--background', text)),
    offline: (values.offline ?? []).map((text) => spanOf('--offline', text)),
  };
  const forMs = values.for === undefined ? undefined : durationOf('--for', values.for);
  const steps = stepsIn(values.script, context.folder);
  const app = what.type === 'app' ? folderOf(what.path, positionals[0] ?? '') : undefined;
  return { what, app, spans, forMs, steps };
}

function folderOf(path: string, given: string): AppFolder {
  try {
    return readAppFolder(path);
  } catch (error) {
    if (!isAppProblem(error)) throw error;
    const message = error.message.replaceAll(path, given);
    const zh = error.kind === 'no-app' ? `${given} 中没有 app.js；请先构建，再给出构建结果所在的文件夹` : message;
    throw new UsageError({ en: message, zh });
  }
}
