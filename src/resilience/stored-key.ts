/** Which of the app's keys are those of one store. */
export interface StoredKeys {
  /** The key of the platform, for one of the store. */
  readonly full: (key: string) => string;
  /** The key of the store, for one of the platform; empty for one that is not of this name and version. */
  readonly own: (full: string) => string;
  /** Whether a key of the platform is of this name, and of a lower version. */
  readonly isOld: (full: string) => boolean;
}

/** `rx-miniprogram/likes/v1/the key`: the app's own keys are not touched, and an old version is known by its name. */
export function storedKeys(name: string, version: number): StoredKeys {
  const ofAnyVersion = `rx-miniprogram/${name}/v`;
  const ofThis = `${ofAnyVersion}${version}/`;
  return {
    full: (key) => ofThis + key,
    own: (full) => (full.startsWith(ofThis) ? full.slice(ofThis.length) : ''),
    isOld: (full) => full.startsWith(ofAnyVersion) && parseInt(full.slice(ofAnyVersion.length)) < version,
  };
}
