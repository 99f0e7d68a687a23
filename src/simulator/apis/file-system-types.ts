/** The encodings of text in files. */
export type FileEncoding =
  'ascii' | 'base64' | 'binary' | 'hex' | 'ucs2' | 'ucs-2' | 'utf16le' | 'utf-16le' | 'utf-8' | 'utf8' | 'latin1';

/** What `fail` and `complete` of a file operation get, and what its synchronous form throws besides a message. */
export interface FileResult {
  errMsg: string;
  /** 0 for a success (discoveries/failures.md#numbers). */
  errCode: number;
}

/** The callbacks of a file operation. */
export interface FileCallbacks<Success = unknown> {
  success?: ((result: FileResult & Success) => void) | undefined;
  fail?: ((failure: FileResult) => void) | undefined;
  complete?: ((result: FileResult) => void) | undefined;
}

/** What is known of a file or a folder. Times in seconds since 1970. */
export interface FileStat {
  mode: number;
  size: number;
  lastAccessedTime: number;
  lastModifiedTime: number;
  isDirectory(): boolean;
  isFile(): boolean;
}

/** One of a folder's files, with its path from there. */
export interface FileStatAt {
  path: string;
  stats: FileStat;
}

/** The part of `wx.getFileSystemManager()` that apps use with files from and for the network. */
export interface FileSystemManager {
  access(option: FileCallbacks & { path: string }): void;
  accessSync(path: string): void;
  /** Bytes, unless an encoding is given. From `position`, `length` bytes of it. */
  readFile(
    option: FileCallbacks<{ data: string | ArrayBuffer }> & {
      filePath: string;
      encoding?: FileEncoding | undefined;
      position?: number | undefined;
      length?: number | undefined;
    },
  ): void;
  readFileSync(filePath: string, encoding?: FileEncoding, position?: number, length?: number): string | ArrayBuffer;
  writeFile(option: FileCallbacks & WrittenFile): void;
  writeFileSync(filePath: string, data: string | ArrayBuffer, encoding?: FileEncoding): void;
  /** The file must be there. */
  appendFile(option: FileCallbacks & WrittenFile): void;
  appendFileSync(filePath: string, data: string | ArrayBuffer, encoding?: FileEncoding): void;
  unlink(option: FileCallbacks & { filePath: string }): void;
  unlinkSync(filePath: string): void;
  mkdir(option: FileCallbacks & { dirPath: string; recursive?: boolean | undefined }): void;
  mkdirSync(dirPath: string, recursive?: boolean): void;
  rmdir(option: FileCallbacks & { dirPath: string; recursive?: boolean | undefined }): void;
  rmdirSync(dirPath: string, recursive?: boolean): void;
  readdir(option: FileCallbacks<{ files: string[] }> & { dirPath: string }): void;
  readdirSync(dirPath: string): string[];
  /** With `recursive`, a folder and all that is in it. */
  stat(
    option: FileCallbacks<{ stats: FileStat | FileStatAt[] }> & { path: string; recursive?: boolean | undefined },
  ): void;
  statSync(path: string, recursive?: boolean): FileStat | FileStatAt[];
  /** Moves a temporary file to where it stays: among the saved ones, or to a `filePath` of the app's own. */
  saveFile(
    option: FileCallbacks<{ savedFilePath: string }> & { tempFilePath: string; filePath?: string | undefined },
  ): void;
  saveFileSync(tempFilePath: string, filePath?: string): string;
  copyFile(option: FileCallbacks & { srcPath: string; destPath: string }): void;
  copyFileSync(srcPath: string, destPath: string): void;
  rename(option: FileCallbacks & { oldPath: string; newPath: string }): void;
  renameSync(oldPath: string, newPath: string): void;
  getFileInfo(
    option: FileCallbacks<{ size: number; digest: string }> & {
      filePath: string;
      /** @defaultValue `'md5'` */
      digestAlgorithm?: 'md5' | 'sha1' | 'sha256' | undefined;
    },
  ): void;
}

interface WrittenFile {
  filePath: string;
  data: string | ArrayBuffer;
  /** Of text. @defaultValue `'utf8'` */
  encoding?: FileEncoding | undefined;
}
