import type { CommandInput, OptionValues } from './command-input.js';
import { doctorCommand } from './doctor/command.js';
import { inspectCommand } from './inspect/command.js';
import { lintCommand } from './lint/command.js';
import { requestCommand } from './request/command.js';
import { runCommand } from './run/command.js';

/** A word of the command line, what it takes and what it does. */
export interface Command {
  readonly name: CommandName;
  readonly options: readonly (keyof OptionValues)[];
  /** Resolves to the exit code. */
  readonly run: (input: CommandInput) => Promise<number>;
}

/** The commands, in the order in which the help tells them. */
export const COMMAND_NAMES = ['lint', 'doctor', 'request', 'run', 'inspect'] as const;
/** What stands behind `rx-miniprogram` on the command line. */
export type CommandName = (typeof COMMAND_NAMES)[number];

/** What every command takes. */
export const GLOBAL_OPTIONS: readonly string[] = ['lang', 'help'];

const COMMANDS: { readonly [Name in CommandName]: Command } = {
  lint: { name: 'lint', options: ['config', 'json', 'format', 'explain', 'fix', 'dry-run'], run: lintCommand },
  doctor: { name: 'doctor', options: ['json', 'timeout', 'ca', 'resolve', 'config'], run: doctorCommand },
  request: {
    name: 'request',
    options: ['method', 'header', 'data', 'domain', 'charset', 'timeout', 'ca', 'resolve', 'config'],
    run: requestCommand,
  },
  run: {
    name: 'run',
    options: [
      ...(['page', 'visit-all', 'script', 'background', 'offline', 'phone', 'for', 'map', 'mock'] as const),
      ...(['json', 'trace', 'inspect', 'no-open', 'ca', 'resolve', 'config'] as const),
    ],
    run: runCommand,
  },
  inspect: {
    name: 'inspect',
    options: ['port', 'phone-port', 'lan', 'code', 'json', 'mcp', 'no-open', 'for'],
    run: inspectCommand,
  },
};

/** The command of that name, if there is one. */
export function commandNamed(name: string): Command | undefined {
  return COMMAND_NAMES.some((known) => known === name) ? COMMANDS[name as CommandName] : undefined;
}
