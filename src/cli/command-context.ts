/** What a command knows of the process it runs in; a test hands in its own. */
export interface CommandContext {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether the output is a terminal. */
  readonly terminal: boolean;
  /** Writes a line. */
  readonly print: (line: string) => void;
  /** Writes a line where errors go. */
  readonly printError: (line: string) => void;
}

/** The process itself. */
export function processContext(): CommandContext {
  return {
    folder: process.cwd(),
    env: process.env,
    terminal: process.stdout.isTTY,
    print: (line) => process.stdout.write(`${line}\n`),
    printError: (line) => process.stderr.write(`${line}\n`),
  };
}
