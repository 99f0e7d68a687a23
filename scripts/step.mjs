import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const OPTIONS = { shell: process.platform === 'win32' };

/** Runs one of our own tools, says how long it took, and ends the script with a clear word when it fails. */
export function step(name, command, args, hint = '') {
  const started = performance.now();
  const { status, error } = spawnSync(pathOf(command), args, { ...OPTIONS, stdio: 'inherit' });
  if (status !== 0) {
    console.error(failureOf([name, command, args, hint], started, error));
    process.exit(1);
  }
  console.log(`✓ ${name} (${secondsSince(started)} s)`);
}

/**
 * Runs steps, so many at the same time: the next one begins when one has ended, so the longest stand first. What a tool says is
 * shown when it has ended; all of them run, and then the script fails if one has.
 */
export async function atTheSameTime(count, steps) {
  const waiting = [...steps];
  let failed = false;
  const takeAll = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) if (!(await isDone(one))) failed = true;
  };
  await Promise.all(Array.from({ length: count }, takeAll));
  if (failed) process.exit(1);
}

function isDone(one) {
  const [name, command, args] = one;
  const started = performance.now();
  return new Promise((resolve) => {
    // A tool that writes to us and not to a terminal has to be told of the colours.
    const env = process.stdout.isTTY ? { FORCE_COLOR: '1', ...process.env } : process.env;
    const child = spawn(pathOf(command), args, { ...OPTIONS, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    let problem;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
    child.once('error', (error) => (problem = error));
    child.once('close', (status) => {
      for (const piece of said) process.stdout.write(piece);
      if (status === 0) console.log(`✓ ${name} (${secondsSince(started)} s)`);
      else console.error(failureOf(one, started, problem));
      resolve(status === 0);
    });
  });
}

function pathOf(command) {
  return join('node_modules', '.bin', command);
}

function secondsSince(started) {
  return ((performance.now() - started) / 1000).toFixed(1);
}

function failureOf([name, command, args, hint = ''], started, error) {
  const why = error ? `did not start (${error.message}); run npm ci first` : `failed after ${secondsSince(started)} s`;
  return `\n✗ ${name}: ${command} ${args.join(' ')} ${why}. ${hint}`.trimEnd();
}

/** Says how long something took that runs in this process. */
export async function timed(name, action) {
  const started = performance.now();
  const result = await action();
  console.log(`✓ ${name} (${secondsSince(started)} s)`);
  return result;
}
