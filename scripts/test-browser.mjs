// `npm run test:browser`: the page of `inspect` in a real browser. Installs Debian's Chromium where there is none and it may.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { env, exit, getuid, platform } from 'node:process';

const isThere = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', env.CHROMIUM ?? ''].some(
  existsSync,
);
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
if (!isThere && platform === 'linux' && getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']);
} else if (!isThere) {
  console.error(
    'There is no Chromium: install one, or say where it is with CHROMIUM=/path/to/chromium. The tests are skipped.',
  );
}
exit(run('npx', ['jest', 'tests/cli/inspect/page-in-browser']));
