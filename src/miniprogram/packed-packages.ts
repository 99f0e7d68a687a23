import { dirname, join, sep } from 'node:path';
import type { PackageManifest } from './resolve-module.js';

type ManifestIn = (folder: string) => PackageManifest | undefined;

/**
 * Says what is wrong with a package that is found in `node_modules` and that “build npm” would not pack: it takes the
 * `dependencies` of `package.json`, and theirs. On the desk such a package is there; on a phone its module is not defined.
 *
 * @param caller - The file of the app that asks; absolute.
 * @returns `undefined` where it is packed, or nobody can tell.
 */
export function notPacked(owner: string, caller: string, manifestIn: ManifestIn): string | undefined {
  if (caller.includes(`${sep}node_modules${sep}`)) return undefined;
  const home = homeOf(caller, manifestIn);
  if (home === undefined || packedFrom(home, manifestIn).has(owner)) return undefined;
  const instead =
    owner === 'rxjs'
      ? `write require('rx-miniprogram/rxjs')`
      : `run 'npm i ${owner}', and “build npm” (工具 → 构建 npm)`;
  return `${owner}: it is not in the dependencies of package.json, so “build npm” leaves it out; ${instead}`;
}

/** The folder of the `package.json` of an app. */
function homeOf(caller: string, manifestIn: ManifestIn): string | undefined {
  for (let here = dirname(caller); ; here = dirname(here)) {
    if (manifestIn(here)) return here;
    if (dirname(here) === here) return undefined;
  }
}

function packedFrom(home: string, manifestIn: ManifestIn): ReadonlySet<string> {
  const packed = new Set<string>();
  const take = (folder: string) => {
    for (const name of Object.keys(manifestIn(folder)?.dependencies ?? {})) {
      if (packed.has(name)) continue;
      packed.add(name);
      const nested = join(folder, 'node_modules', name);
      take(manifestIn(nested) ? nested : join(home, 'node_modules', name));
    }
  };
  take(home);
  return packed;
}
