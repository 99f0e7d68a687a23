import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce, run } from './cache.js';

/**
 * Packages that are too heavy for everybody's `npm ci`, installed once into a cache folder.
 *
 * @returns the folder, or `undefined` where they cannot be installed: says so, and the caller skips
 */
export function installed(name: string, dependencies: Readonly<Record<string, string>>): string | undefined {
  const manifest = JSON.stringify({ private: true, dependencies });
  try {
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
    console.warn(`SKIPPED: ${name} could not be installed, so what it would check is not checked.\n${String(error)}`);
    return undefined;
  }
}
