/**
 * How many instructions a message of `socket$` costs in a tree of this repository, to compare two of them: unlike times they are the
 * same on a busy machine. Not part of `npm run bench`: it wants valgrind, and a minute for each case.
 *
 *     node bench/socket-instructions.mjs . raw
 *     node bench/socket-instructions.mjs /path/of/another/tree raw
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const MESSAGES = 20_000;
const CASES = ['raw', 'json', 'heartbeat', '1 channel', '1000 channels', 'send'];

/** What runs under valgrind: so many rounds of messages, without a wire. */
const PROGRAM = `
import { Subject } from 'rxjs';
import { createNetwork } from './src/index.js';
import { createSocket } from './src/sockets.js';

const [, , what, rounds] = process.argv;
const inbox$ = new Subject();
const task = {
  send: ({ success }) => success?.(),
  close: () => {},
  onOpen: (listener) => setImmediate(listener, {}),
  onMessage: (listener) => inbox$.subscribe(listener),
  onError: () => {},
  onClose: () => {},
};
const wx = { request: () => ({ abort: () => {} }), connectSocket: () => task };
const channels = what.endsWith('1 channel') ? 1 : what.endsWith('channels') ? 1000 : 0;
const isRaw = what === 'raw' || what === 'send';
const socket = createSocket(createNetwork({ wx }))({
  url: 'wss://chat.example.com/',
  ...(isRaw && { serializer: 'none' }),
  ...(channels > 0 && { channelOf: ({ room }) => room }),
  ...(what === 'heartbeat' && {
    heartbeat: { intervalMs: 20_000, deadlineMs: 5_000, request: () => ({ type: 'ping' }), isReply: ({ type }) => type === 'pong' },
  }),
});
if (channels === 0) socket.messages$.subscribe(() => {});
for (let room = 0; room < channels; room++) socket.multiplex({ match: room }).subscribe(() => {});
const texts = Array.from({ length: 1000 }, (_, index) =>
  isRaw ? 'x'.repeat(16) : JSON.stringify({ room: index % Math.max(channels, 1), text: 'hello' }),
);

const receive = () => {
  for (let index = 0; index < ${MESSAGES}; index++) inbox$.next({ data: texts[index % 1000] });
};
const send = () => {
  for (let index = 0; index < ${MESSAGES}; index++) socket.send(texts[index % 1000]);
};
await new Promise((opened) => setTimeout(opened, 20));
for (let round = 0; round < rounds; round++) {
  (what === 'send' ? send : receive)();
  await new Promise((next) => setImmediate(next));
}
process.exit(0);
`;

const [, , tree = '.', only] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'socket-instructions-'));
const outfile = join(folder, 'program.mjs');
await build({
  stdin: { contents: PROGRAM, resolveDir: resolve(tree), loader: 'js' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  outfile,
});
for (const what of only ? [only] : CASES) {
  // The rounds after the second: by then what is hot has been compiled.
  const perMessage = (instructions(what, 7) - instructions(what, 2)) / (5 * MESSAGES);
  process.stdout.write(`${what}: ${Math.round(perMessage)} instructions a message\n`);
}
rmSync(folder, { recursive: true });

function instructions(what, rounds) {
  const { stderr } = spawnSync(
    'valgrind',
    [
      ...['--tool=cachegrind', '--cache-sim=no', '--smc-check=all-non-file', '--cachegrind-out-file=/dev/null'],
      ...['node', '--single-threaded', '--predictable', '--max-semi-space-size=64', outfile, what, String(rounds)],
    ],
    { encoding: 'utf8' },
  );
  const found = /I\s+refs:\s+([\d,]+)/.exec(stderr);
  if (!found) throw new Error(`valgrind says: ${stderr}`);
  return Number(found[1].replaceAll(',', ''));
}
