#!/usr/bin/env node
import { carryOut } from './carry-out.js';
import { thisProcess } from './surroundings.js';

// Not process.exit(): what was written to a pipe would be lost.
process.exitCode = await carryOut(process.argv.slice(2), thisProcess());
