import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { simulatorInspection } from '../desk/simulator-events.js';
import { RecordBook } from '../inspect/record-book.js';
import { toHar } from '../inspect/to-har.js';
import type { SimulatorEvent } from '../simulator/index.js';

const LIMITS = { keep: 10_000, maxBytes: 33_554_432 };

/**
 * Writes what a phone did as a HAR file, which `rx-miniprogram inspect` opens, and says where it is.
 *
 * @returns its path; `undefined` where the phone did nothing that could be shown.
 */
export function writeRecords(folder: string, name: string, events: readonly SimulatorEvent[]): string | undefined {
  const book = new RecordBook(LIMITS);
  for (const event of events.flatMap(simulatorInspection())) book.take(event);
  const records = book.records();
  if (records.length === 0) return undefined;
  const file = join(folder, `${name}.har`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(toHar(records)));
  // Not the console: a runner would put a stack beside it, and a test may have taken it.
  process.stderr.write(`rx-miniprogram: what the phone did: npx rx-miniprogram inspect ${relative('', file)}\n`);
  return file;
}
