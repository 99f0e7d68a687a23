import { FileFailure } from './file-failure.js';
import type { Storage } from './storage.js';

/** The device's files, as long as the app is there to touch them. */
export function storageOf(files: Storage, gone: () => boolean): Storage {
  const here = () => {
    if (gone()) throw new FileFailure(1300201, 'system error, the app has been destroyed');
  };
  return {
    ...files,
    locate: (act, access) => {
      here();
      return files.locate(act, access);
    },
    place: (area, name, act) => {
      here();
      return files.place(area, name, act);
    },
  };
}
