import type { SimulatorEvent } from '../simulator/index.js';

/** So many events of a test are kept: the first. */
const MAX_EVENTS = 50_000;

type Writer = typeof import('./failure-records.js').writeRecords;

let writer: Writer | undefined;
let loading: Promise<Writer> | undefined;

/** What a phone does in one test, kept for the case that it fails. */
export interface KeptRecords {
  note(event: SimulatorEvent): void;
  /** The test has failed. Writes at once, where what writes is loaded. */
  write(): Promise<void> | undefined;
}

/** Keeps nothing, where no folder is given. */
export type RecordsOf = () => KeptRecords | undefined;

/**
 * Makes what keeps the records of a test.
 *
 * @param folder - Where a failed test leaves them. What writes them is loaded here, and by nobody else (decisions/0039).
 */
export function recordsOf(folder: string | undefined): RecordsOf {
  if (folder === undefined) return () => undefined;
  loading ??= load();
  const place = placeOfCaller(new Error().stack ?? '');
  return () => {
    const events: SimulatorEvent[] = [];
    return {
      note(event) {
        if (events.length < MAX_EVENTS) events.push(event);
      },
      write() {
        const name = nameOfFile(nameOfTest() ?? place);
        if (!writer) return later(folder, name, events);
        writer(folder, name, events);
        return undefined;
      },
    };
  };
}

/** Of a test that was defined and run in one turn. */
async function later(folder: string, name: string, events: readonly SimulatorEvent[]): Promise<void> {
  const write = await loading;
  write?.(folder, name, events);
}

async function load(): Promise<Writer> {
  const { writeRecords } = await import('./failure-records.js');
  return (writer = writeRecords);
}

/** The file and the name of the test, where the runner has put its `expect` into the global scope: Jest does. */
function nameOfTest(): string | undefined {
  const { expect } = globalThis as { readonly expect?: { getState?(): Partial<Record<string, unknown>> } };
  const { currentTestName, testPath } = expect?.getState?.() ?? {};
  if (typeof currentTestName !== 'string') return undefined;
  return `${typeof testPath === 'string' ? baseOf(testPath) : ''} ${currentTestName}`;
}

/** The file and the line in which the test was written: the first that is not the kit's own. */
function placeOfCaller(stack: string): string {
  const places = stack
    .split('\n')
    .flatMap((line) => /(?:^|[\s(])([^\s(]+):(\d+):\d+\)?$/.exec(line)?.slice(1, 3) ?? []);
  const files = places.filter((_place, index) => index % 2 === 0);
  const folderOf = (file: string) => file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')));
  const own = folderOf(files[0] ?? '');
  const index = files.findIndex((file) => folderOf(file) !== own);
  return index === -1 ? 'test' : `${baseOf(files[index] as string)} ${places[2 * index + 1]}`;
}

function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A name that every file system takes. */
function nameOfFile(text: string): string {
  const name = text.replace(/[^\p{L}\p{N}.]+/gu, '-').replace(/^[-.]+|-$/g, '');
  return name.slice(0, 120) || 'test';
}
