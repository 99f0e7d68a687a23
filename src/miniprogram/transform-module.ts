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
  return transform(text, { transforms, disableESTransforms: true, production: true }).code;
}
