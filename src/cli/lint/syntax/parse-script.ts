import { parse, parseExpression, type ParserPlugin } from '@babel/parser';
import type { Node } from '@babel/types';

const OPTIONS = {
  // Not 'unambiguous', which costs a fifth: what only a script may do is an error that is recovered from.
  sourceType: 'module',
  errorRecovery: true,
  allowReturnOutsideFunction: true,
  attachComment: false,
} as const;

/**
 * Parses JavaScript, TypeScript or JSON, by the ending of its file.
 *
 * @returns `undefined` for what is none, and for what is nested deeper than the stack: the parser recurses.
 */
export function parseScript(source: string, file: string): Node | undefined {
  try {
    if (/\.json$/i.test(file)) return parseExpression(source, { errorRecovery: true });
    return parsed(source, file);
  } catch {
    return undefined;
  }
}

function parsed(source: string, file: string): Node {
  const ofFile: ParserPlugin[] = /\.[cm]?tsx?$/i.test(file)
    ? ['typescript', 'decorators', ...(/x$/i.test(file) ? ['jsx' as const] : [])]
    : ['jsx', 'decorators'];
  try {
    return parse(source, { ...OPTIONS, plugins: ofFile }).program;
  } catch (error) {
    // `.js` and `<script>` that hold types after all.
    if (ofFile.includes('typescript')) throw error;
    return parse(source, { ...OPTIONS, sourceType: 'script', plugins: ['typescript', 'jsx', 'decorators'] }).program;
  }
}
