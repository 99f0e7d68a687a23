#!/usr/bin/env node
import { carryOut } from './carry-out.js';

// Not process.exit(): what was written to a pipe would be lost.
process.exitCode = await carryOut(process.argv.slice(2), {
  folder: process.cwd(),
  env: process.env,
  terminal: process.stdout.isTTY,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
