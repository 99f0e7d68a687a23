#!/usr/bin/env node
import { carryOut } from './carry-out.js';
import { thisProcess } from './surroundings.js';

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
