import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A regular expression as it stands in a file. */
export interface RegExpInSource {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** All that a file writes between slashes. Those that it makes of texts are not among them. */
export function regExpsOf(file: string, text = readFileSync(file, 'utf8')): readonly RegExpInSource[] {
  const found: RegExpInSource[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ place: file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false));
  return found;
}
