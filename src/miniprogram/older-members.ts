import type { AnyFunction } from './realm.js';

/**
 * What the platform's typings name no more, and a phone has all the same: files by `wx` itself, the canvas of 2017.
 *
 * @param files - The file manager.
 * @param drawn - What an app draws on.
 */
export function olderMembers(files: () => Readonly<Record<string, unknown>>, drawn: unknown): Record<string, unknown> {
  const byFiles = (api: string) => (option?: unknown) => (files()[api] as AnyFunction)(option);
  return {
    saveFile: byFiles('saveFile'),
    getFileInfo: byFiles('getFileInfo'),
    removeSavedFile: byFiles('unlink'),
    createContext: () => drawn,
    drawCanvas: () => undefined,
  };
}
