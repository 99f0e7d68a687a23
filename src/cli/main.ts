#!/usr/bin/env node
import { carryOut } from './carry-out.js';
import { thisProcess } from './surroundings.js';

// `rx-miniprogram lint | head`: who reads has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

carryOut(process.argv.slice(2), thisProcess()).then(
  (code) => {
    // Not process.exit(): what was written to a pipe would be lost.
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 70;
  },
);
