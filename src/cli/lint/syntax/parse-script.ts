import { parse, parseExpression, type ParserPlugin } from '@babel/parser';
import type { Node } from '@babel/types';

const OPTIONS = {
  // Not 'unambiguous', which costs a fifth: what only a script may do is an error that is mended.
  sourceType: 'module',
  allowReturnOutsideFunction: true,
  attachComment: false,
} as const;

/** A mended error takes two kilobytes of memory, and there may be one a letter. No app's own file is that long and wrong. */
const MENDED_LETTERS = 100_000;

/**
 * Parses JavaScript, TypeScript or JSON, by the ending of its file.
 *
 * @returns `undefined` for what is none, also for a long file with an error that a short one might have, and for what is
 * nested deeper than the stack: the parser recurses.
 */
export function parseScript(source: string, file: string): Node | undefined {
  try {
    const mended = { errorRecovery: source.length <= MENDED_LETTERS };
    if (/\.json$/i.test(file)) return parseExpression(source, mended);
    return parsed(source, file, mended);
  } catch {
    return undefined;
  }
}

function parsed(source: string, file: string, mended: { readonly errorRecovery: boolean }): Node {
  const ofFile: ParserPlugin[] = /\.[cm]?tsx?$/i.test(file)
    ? ['typescript', 'decorators', ...(/x$/i.test(file) ? ['jsx' as const] : [])]
    : ['jsx', 'decorators'];
  try {
    return parse(source, { ...OPTIONS, ...mended, plugins: ofFile }).program;
  } catch (error) {
    // `.js` and `<script>` that hold types after all.
    if (ofFile.includes('typescript')) throw error;
    return parse(source, { ...OPTIONS, ...mended, sourceType: 'script', plugins: ['typescript', 'jsx', 'decorators'] })
      .program;
  }
}
