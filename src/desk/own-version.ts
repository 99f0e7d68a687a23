import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

/** The version of the package that this file belongs to, wherever the build has put it. */
export function ownVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    // The folders of the build have manifests of their own, without a name.
    const { name, version } = manifestIn(folder);
    if (name === 'rx-miniprogram' && version !== undefined) return version;
  }
  throw new Error('rx-miniprogram: its package.json is gone; install it again');
}

function manifestIn(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return {};
  }
}
