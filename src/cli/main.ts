#!/usr/bin/env node
import { runCli } from './run-cli.js';
import { processContext } from './command-context.js';

// `rx-miniprogram lint | head`: who reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

runCli(process.argv.slice(2), processContext()).then(
  (code) => {
    // Not process.exit(): what was written to a pipe would be lost.
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 70;
  },
);
