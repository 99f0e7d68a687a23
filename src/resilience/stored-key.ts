/** Which of the app's keys are those of one store. */
export interface StoredKeys {
  /** The key of the platform, for one of the store. */
  full(key: string): string;
  /** What a key of the platform is, if it is one of this name, of any version. */
  parse(full: string): { readonly key: string; readonly version: number } | undefined;
}

/** `rx-miniprogram/likes/v1/the key`: the app's own keys are not touched, and an old version is known by its name. */
export function storedKeys(name: string, version: number): StoredKeys {
  const ofAnyVersion = `rx-miniprogram/${name}/v`;
  return {
    full: (key) => `${ofAnyVersion}${version}/${key}`,
    parse(full) {
      if (!full.startsWith(ofAnyVersion)) return undefined;
      const [, digits, key] = /^(\d+)\/([^]+)$/.exec(full.slice(ofAnyVersion.length)) ?? [];
      return key === undefined ? undefined : { key, version: Number(digits) };
    },
  };
}
