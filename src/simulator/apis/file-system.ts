import { FileFailure } from '../files/file-failure.js';
import { createFileOperations } from '../files/operations.js';
import type { Storage } from '../files/storage.js';
import { callFail, callSuccess, capturedCallbacks, type Callbacks } from './callbacks.js';
import type { FileResult, FileSystemManager } from './file-system-types.js';

/** An option as it was given: its members may be of any type. */
type Given = Readonly<Record<string, unknown>>;

/**
 * Makes what `wx.getFileSystemManager()` returns. An operation is done in the turn of the call; the app is told in one of
 * its own, and not while it is suspended.
 */
export function createFileSystem(storage: Storage, deliver: (callback: () => void) => void): FileSystemManager {
  const files = createFileOperations(storage);

  /** The form with callbacks. */
  const later = (name: string, work: (given: Given) => unknown) => (option?: object) => {
    const callbacks = capturedCallbacks(option as Callbacks<FileResult, FileResult>);
    try {
      const result = { ...(work((option ?? {}) as Given) as object | undefined), errMsg: `${name}:ok`, errCode: 0 };
      deliver(() => callSuccess(callbacks, result));
    } catch (error) {
      const failed = failedResult(name, error);
      deliver(() => callFail(callbacks, failed));
    }
  };

  /** The synchronous form. */
  const now =
    <Given extends unknown[], Result>(name: string, work: (...given: Given) => Result) =>
    (...given: Given): Result => {
      try {
        return work(...given);
      } catch (error) {
        const failed = failedResult(name, error);
        throw Object.assign(new Error(failed.errMsg), failed);
      }
    };

  return {
    access: later('access', ({ path }) => files.access(path)),
    accessSync: now('accessSync', files.access),
    readFile: later('readFile', ({ filePath, encoding, position, length }) => ({
      data: files.readFile(filePath, encoding, position, length),
    })),
    readFileSync: now('readFileSync', files.readFile),
    writeFile: later('writeFile', ({ filePath, data, encoding }) => files.writeFile(filePath, data, encoding)),
    writeFileSync: now('writeFileSync', files.writeFile),
    appendFile: later('appendFile', ({ filePath, data, encoding }) => files.appendFile(filePath, data, encoding)),
    appendFileSync: now('appendFileSync', files.appendFile),
    unlink: later('unlink', ({ filePath }) => files.unlink(filePath)),
    unlinkSync: now('unlinkSync', files.unlink),
    mkdir: later('mkdir', ({ dirPath, recursive }) => files.mkdir(dirPath, recursive)),
    mkdirSync: now('mkdirSync', files.mkdir),
    rmdir: later('rmdir', ({ dirPath, recursive }) => files.rmdir(dirPath, recursive)),
    rmdirSync: now('rmdirSync', files.rmdir),
    readdir: later('readdir', ({ dirPath }) => ({ files: files.readdir(dirPath) })),
    readdirSync: now('readdirSync', files.readdir),
    stat: later('stat', ({ path, recursive }) => ({ stats: files.stat(path, recursive) })),
    statSync: now('statSync', files.stat),
    saveFile: later('saveFile', ({ tempFilePath, filePath }) => ({
      savedFilePath: files.saveFile(tempFilePath, filePath),
    })),
    saveFileSync: now('saveFileSync', files.saveFile),
    copyFile: later('copyFile', ({ srcPath, destPath }) => files.copyFile(srcPath, destPath)),
    copyFileSync: now('copyFileSync', files.copyFile),
    rename: later('rename', ({ oldPath, newPath }) => files.rename(oldPath, newPath)),
    renameSync: now('renameSync', files.rename),
    getFileInfo: later('getFileInfo', ({ filePath, digestAlgorithm }) => files.getFileInfo(filePath, digestAlgorithm)),
  };
}

/** @throws what is no failure of a file: the simulator is wrong, and that should be seen. */
function failedResult(name: string, error: unknown): FileResult & { readonly errno: number } {
  if (!(error instanceof FileFailure)) throw error;
  return { errMsg: `${name}:fail ${error.detail}`, errCode: error.errno, errno: error.errno };
}
