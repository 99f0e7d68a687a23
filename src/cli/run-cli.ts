import { parseArgs } from 'node:util';
import { commandNamed, COMMAND_NAMES, GLOBAL_OPTIONS } from './commands.js';
import { OPTIONS, type OptionValues } from './command-input.js';
import { helpFor, overview } from './help.js';
import { languageOf, type Language } from './language.js';
import { ownVersion } from '../desk/own-version.js';
import type { CommandContext } from './command-context.js';
import { chosenPaint, withoutColour } from './terminal/paint.js';
import { UsageError } from './usage-error.js';

/** Exit codes: 0 all is well, 1 something was found or failed, 2 the arguments make no sense. */
export async function runCli(args: readonly string[], context: CommandContext): Promise<number> {
  // Read before anything can go wrong, so that what goes wrong is told in the right language.
  const { asked, words } = withoutLanguage(args);
  const language = languageOf(asked, context.env);
  const paint = context.terminal ? chosenPaint(context.env) : withoutColour;
  try {
    const [name, ...rest] = words;
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const [about] = rest.filter((word) => !word.startsWith('-'));
      context.print(about === undefined ? overview(language) : helpFor(commandOf(about).name, language));
      return 0;
    }
    if (name === '--version' || name === '-v') {
      context.print(ownVersion());
      return 0;
    }
    const command = commandOf(name);
    const { values, positionals } = parsed(rest);
    if (values.help === true) {
      context.print(helpFor(command.name, language));
      return 0;
    }
    for (const option of Object.keys(values)) {
      if (GLOBAL_OPTIONS.includes(option) || command.options.includes(option as keyof OptionValues)) continue;
      throw new UsageError({
        en: `${command.name} has no option --${option}; it has ${listed([...command.options, ...GLOBAL_OPTIONS])}`,
        zh: `${command.name} 没有选项 --${option}；可用的有 ${listed([...command.options, ...GLOBAL_OPTIONS])}`,
      });
    }
    return await command.run({ values, positionals, language, paint, context });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    context.printError(`rx-miniprogram: ${error.said[language]}`);
    context.printError(
      language === 'zh' ? '用法见 rx-miniprogram --help' : "'rx-miniprogram --help' tells what there is",
    );
    return 2;
  }
}

function commandOf(name: string) {
  const command = commandNamed(name);
  if (command) return command;
  const names = COMMAND_NAMES.join(', ');
  throw new UsageError({
    en: `there is no command '${name}'; there are ${names}`,
    zh: `没有命令 '${name}'；可用的有 ${names}`,
  });
}

function parsed(args: readonly string[]): { readonly values: OptionValues; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: args.map(withValue), allowPositionals: true, options: OPTIONS });
  } catch (error) {
    // Node names the option, and what it misses. Its advice on positional arguments would lead astray here.
    const reason = (error as Error).message.replace(/\. To specify a positional argument[^]*$/, '');
    throw new UsageError({ en: reason, zh: `参数有误：${reason}` });
  }
}

/** `--offline` without a span is one from the start that lasts. */
function withValue(word: string, index: number, words: readonly string[]): string {
  return word === '--offline' && !/^\d[^.]*\.\./.test(words[index + 1] ?? '') ? '--offline=0s..' : word;
}

/** `--lang` may stand anywhere. */
function withoutLanguage(args: readonly string[]): {
  readonly asked: Language | undefined;
  readonly words: readonly string[];
} {
  const words = [...args];
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at === -1) return { asked: undefined, words };
  const [option = '', next = ''] = words.splice(at, words[at] === '--lang' ? 2 : 1);
  const asked = option === '--lang' ? next : option.slice('--lang='.length);
  return { asked: /^zh/i.test(asked) ? 'zh' : 'en', words };
}

function listed(options: readonly string[]): string {
  return options.map((option) => `--${option}`).join(', ');
}
