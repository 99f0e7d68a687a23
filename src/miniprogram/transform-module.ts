import { transform, type Transform } from 'sucrase';

const MODULE_SYNTAX =
  /^[ \t;]*(?:import\b(?!\s*[.(])|export\b)|[;}][ \t]*(?:import\b\s*[\w{*'"]|export\b\s*[\w{*])|\bimport\s*\(|\bimport\.meta\b/m;

/**
 * Makes a script of a module, as the developer tools do: ES modules become CommonJS, types go. Every line stays where it
 * was, so that a place in the result is the place in the source. What is plain JavaScript already is left as it is.
 *
 * @param path - Says by its ending what the text is.
 */
export function transformModule(path: string, text: string): string {
  const isTypeScript = /\.[cm]?tsx?$/.test(path);
  if (!isTypeScript && !MODULE_SYNTAX.test(text)) return text;
  const transforms: Transform[] = isTypeScript ? ['typescript', 'imports'] : ['imports'];
  const { code } = transform(text, { transforms, disableESTransforms: true, production: true });
  return importsFirst(text, code);
}

const IMPORT = /^[ \t]*import\b[^'"();]*['"]([^'"\n]+)['"]/gm;

/** An import is done before all that stands above it; sucrase leaves it in its line. */
function importsFirst(text: string, code: string): string {
  const first: string[] = [];
  const lines = code.split('\n');
  let [line, counted] = [0, 0];
  for (const found of text.matchAll(IMPORT)) {
    const end = found.index + found[0].length;
    for (let at = text.indexOf('\n', counted); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      counted = at + 1;
    }
    const written = lines[line] ?? '';
    const call = `require('${found[1] ?? ''}');`;
    const at = written.indexOf(call);
    if (at === -1) continue;
    const [name = ''] = /(?:var _\w+ = )?$/.exec(written.slice(Math.max(0, at - 200), at)) ?? [];
    const after = at + call.length;
    const [wrapped = ''] =
      /^(?: var _\w+ = _interopRequire\w+\(_\w+\);)?/.exec(written.slice(after, after + 400)) ?? [];
    first.push(name + call + wrapped);
    lines[line] = written.slice(0, at - name.length) + written.slice(after + wrapped.length);
  }
  if (first.length === 0) return code;
  const [begin = ''] =
    /^(?:"use strict";)?(?: ?Object\.defineProperty\(exports, "__esModule", \{value: true\}\);)?/.exec(
      lines[0] ?? '',
    ) ?? [];
  lines[0] = begin + first.join('') + (lines[0] ?? '').slice(begin.length);
  return lines.join('\n');
}
