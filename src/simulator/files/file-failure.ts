/** Why a file operation failed, in the words and numbers of the platform's table (discoveries/failures.md#numbers). */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';

  constructor(
    readonly errno: number,
    /** What stands behind `fail ` in `errMsg`. */
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** What a file operation was about, for its failures. */
export interface FileAct {
  /** As in `no such file or directory, open "…"`. */
  readonly verb: string;
  /** As the app gave it. */
  readonly path: string;
}

const OF_NODE: { readonly [code: string]: readonly [errno: number, words: string] } = {
  EPERM: [1300001, 'operation not permitted'],
  ENOENT: [1300002, 'no such file or directory'],
  EIO: [1300005, 'Input/output error'],
  EACCES: [1300013, 'permission denied'],
  EROFS: [1300013, 'permission denied'],
  ENOTDIR: [1300020, 'not a directory'],
  EISDIR: [1300021, 'Is a directory'],
  EINVAL: [1300022, 'Invalid argument'],
  ENAMETOOLONG: [1300036, 'File name too long'],
  ENOTEMPTY: [1300066, 'directory not empty'],
  EEXIST: [1301005, 'file already exists'],
};

/** A failure that names its file. */
export function fileFailure(errno: number, words: string, { verb, path }: FileAct): FileFailure {
  return new FileFailure(errno, `${words}, ${verb} "${path}"`);
}

/** The app may not go there: not a path of the device, not writable, or it leads outside. */
export function denied(act: FileAct): FileFailure {
  return fileFailure(1301000, 'permission denied', act);
}

/** There is no room, or the file is larger than one may be. */
export function diskFull(): FileFailure {
  return new FileFailure(1300202, 'the maximum size of the file storage limit is exceeded');
}

/** Does something to a file, and puts what Node says of it into the platform's words. */
export function inPlatformWords<Result>(act: FileAct, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileFailure) throw error;
    // By its code, not by instanceof: a test runner's modules have an Error of their own.
    const { code = '' } = error as { readonly code?: string };
    // No errno of Node: something of ours is wrong, and should be seen.
    if (code === '' || code.startsWith('ERR_')) throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') throw diskFull();
    const [errno, words] = OF_NODE[code] ?? [1300201, 'system error'];
    throw fileFailure(errno, words, act);
  }
}
