import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMade, madeOnce, run } from './cache.js';

/**
 * Packages that are too heavy for everybody's `npm ci`, installed once into a cache folder.
 *
 * @param whenAsked - An environment variable without which they are used, but not installed: for what takes minutes.
 * @returns the folder, or `undefined` where they cannot be installed: says so, and the caller skips
 */
export function installed(
  name: string,
  dependencies: Readonly<Record<string, string>>,
  whenAsked?: string,
): string | undefined {
  const manifest = JSON.stringify({ private: true, dependencies });
  try {
    if (whenAsked !== undefined && process.env[whenAsked] === undefined && !isMade(name, manifest))
      throw new Error(`It is installed where ${whenAsked}=1 is set.`);
    return madeOnce(name, manifest, (folder) => {
      writeFileSync(join(folder, 'package.json'), manifest);
      run(
        'npm',
        ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--silent', '--prefer-offline'],
        folder,
      );
      const missing = Object.keys(dependencies).filter((one) => !existsSync(join(folder, 'node_modules', one)));
      if (missing.length > 0) throw new Error(`npm install has left out ${missing.join(', ')}`);
    });
  } catch (error) {
    // In the way of jest's own messages, so that nobody takes the skipped tests for passed ones.
    console.warn(`SKIPPED: ${name} is not installed, so what it would check is not checked.\n${String(error)}`);
    return undefined;
  }
}
