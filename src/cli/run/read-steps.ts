import { resolve } from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import { stepsOf, type Step } from '../../miniprogram/steps.js';
import { readText } from '../config/read-text.js';
import { UsageError } from '../usage-error.js';

/** The steps in a file of JSON. */
export function stepsIn(file: string | undefined, folder: string): readonly Step[] {
  if (file === undefined) return [];
  try {
    return stepsOf(jsonIn('--script', file, folder));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message } = error as Error;
    throw new UsageError({ en: `--script: ${file}: ${message}`, zh: `--script：${file}：${message}` });
  }
}

/** What a file of JSON holds; comments are taken. */
export function jsonIn(option: string, file: string, folder: string): unknown {
  const read = readText(resolve(folder, file));
  if ('problem' in read) {
    const { en, zh } = read.problem;
    throw new UsageError({
      en: `${option}: expected a file that can be read; got '${file}': ${en}`,
      zh: `${option}：应为可以读取的文件，实际是 '${file}'：${zh}`,
    });
  }
  const errors: ParseError[] = [];
  const value = parse(read.text, errors, { allowTrailingComma: true }) as unknown;
  if (errors.length === 0) return value;
  throw new UsageError({ en: `${option}: expected JSON; ${file} is none`, zh: `${option}：应为 JSON，${file} 不是` });
}
