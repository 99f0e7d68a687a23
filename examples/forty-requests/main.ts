/**
 * `npm start`, in four acts, over real sockets, against servers on this machine: forty requests queue, run ten at a time,
 * get cut in the background, come back, and arrive decoded; files go up and down, and an answer comes as it is written; a
 * chat room outlives its server and the background; what a user did in a tunnel outlives an app that is killed. `--json`
 * prints the figures as one object, on the last line.
 *
 * `npm start -- <URL>`: sends one real request under the same rules. `--help` tells its options.
 */
import { commandOf, UsageError, type Command } from '../command-line/command.js';
import { HELP } from '../command-line/help.js';
import { runCli } from '../../src/cli/run-cli.js';
import { processContext } from '../../src/cli/command-context.js';
import { showActs } from '../stage/acts.js';

async function start(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      console.log(HELP);
      return 0;
    case 'one-request':
      return runCli(['request', ...command.args], processContext());
    case 'forty-requests':
      await showActs(command);
      return 0;
  }
}

try {
  // Not process.exit(): what was written to a pipe would be lost.
  process.exitCode = await start(commandOf(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`npm start: ${error.message}\n`);
  console.error('npm start -- --help tells what there is.');
  process.exitCode = 2;
}
