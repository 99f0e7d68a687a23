import { randomBytes } from 'node:crypto';
import { lastValueFrom, tap } from 'rxjs';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import type { SimulatorEvent } from '../../src/simulator/events.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { inTemporaryFolder } from '../stage/temporary-folder.js';
import { ANSWER_TEXT } from './answer-text.js';
import { createApp, type Happening } from './app.js';
import { megabytes, type BytesRecord, type Transfer } from './bytes-record.js';
import { startServer } from './server.js';
import type { BytesSummary } from './summary.js';

/** Something worth a line. */
export interface BytesStep {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly of: Happening['of'];
  readonly what: string;
}

/** Somebody who looks on. */
export interface BytesSpectator {
  /** Whose phone it is. */
  readonly phone?: PhoneName;
  readonly onBegin?: (record: BytesRecord, now: () => number) => void;
  readonly onStep: (step: BytesStep) => void;
}

// Large enough for the bar to move: the buffers of the two systems swallow some megabytes at once.
const PHOTO_BYTES = 12_000_000;
const REPORT_BYTES = 8_000_000;
const API = 'https://api.example.com';
const OF = { uploadFile: 'upload', downloadFile: 'download', request: 'answer' } as const;

/** Runs the app on the simulator against the server, whose line breaks once in the middle of the answer. */
export function runBytes(spectator: BytesSpectator): Promise<BytesSummary> {
  return inTemporaryFolder((storageFolder) => runIn(storageFolder, spectator));
}

async function runIn(storageFolder: string, { phone, onBegin, onStep }: BytesSpectator): Promise<BytesSummary> {
  const photo = randomBytes(PHOTO_BYTES);
  const report = randomBytes(REPORT_BYTES);
  const server = await startServer(report, PHOTO_BYTES);
  const simulator = createSimulator({
    phone,
    domains: { request: [API], uploadFile: [API], downloadFile: [API] },
    lookup: (host) => (host === 'api.example.com' ? { address: '127.0.0.1', port: server.port } : undefined),
    ca: server.ca,
    storageFolder,
  });
  const { wx } = simulator;
  const files = { photo: `${wx.env.USER_DATA_PATH}/photo.jpg`, report: `${wx.env.USER_DATA_PATH}/report.pdf` };
  const fileSystem = wx.getFileSystemManager();
  fileSystem.writeFileSync(files.photo, new Uint8Array(photo).buffer);

  const record: BytesRecord = {
    upload: { file: 'photo.jpg', percent: 0, bytes: 0, totalBytes: PHOTO_BYTES },
    download: { file: 'report.pdf', percent: 0, bytes: 0, totalBytes: REPORT_BYTES },
    answer: { text: '', events: 0, breaks: [] },
  };
  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const step = (of: Happening['of'], what: string) => onStep({ at: now(), of, what });

  const answerCalls = new Set<number>();
  const watch = (event: SimulatorEvent) => {
    if (event.type === 'called') {
      if (event.api === 'request') answerCalls.add(event.id);
      const again = event.api === 'request' && answerCalls.size > 1;
      const from = again ? `sent again, to go on after event ${record.answer.events}` : 'sent';
      step(OF[event.api], `${from}  ${event.url.slice(API.length)}`);
    } else if (event.type === 'settled' && event.outcome === 'fail' && answerCalls.has(event.id)) {
      record.answer.breaks.push(record.answer.events);
      step('answer', `the connection broke after event ${record.answer.events}`);
    }
  };
  simulator.events$.subscribe(watch);

  const advance = (of: 'upload' | 'download', transfer: Transfer, percent: number) => {
    if (Math.floor(percent / 25) > Math.floor(transfer.percent / 25)) {
      step(of, `${percent} %, ${megabytes(transfer.bytes)} of ${megabytes(transfer.totalBytes)} MB`);
    }
    transfer.percent = percent;
  };
  const happened = (happening: Happening) => {
    if (happening.of === 'answer') {
      say(happening.event.data);
      return;
    }
    const { of, event } = happening;
    if (event.type === 'progress') {
      const { bytes, totalBytes = record[of].totalBytes } = event;
      Object.assign(record[of], { bytes, totalBytes });
      advance(of, record[of], event.percent);
    } else if (event.type === 'response') {
      step(of, `${event.status}, ${Math.round(event.timing.durationMs)} ms`);
    }
  };
  const say = (words: string) => {
    const { answer } = record;
    answer.events++;
    answer.text += words;
    const [, sentence] = /([^。]+。)[^。]*$/.exec(answer.text) ?? [];
    if (words.includes('。') && sentence !== undefined) step('answer', sentence);
  };

  try {
    onBegin?.(record, now);
    await lastValueFrom(createApp(wx, simulator.scheduler, files).pipe(tap(happened)), { defaultValue: undefined });
    const fetched = Buffer.from(fileSystem.readFileSync(files.report) as ArrayBuffer);
    const received = server.received() ?? Buffer.alloc(0);
    return {
      uploaded: received.length,
      downloaded: fetched.length,
      events: record.answer.events,
      whole: received.equals(photo) && fetched.equals(report) && record.answer.text === ANSWER_TEXT,
      resumedFrom: server.resumedFrom.flatMap((id) => (id === undefined ? [] : [id])),
      seconds: Number((now() / 1_000).toFixed(1)),
    };
  } finally {
    await simulator.close();
    await server.stop();
  }
}
