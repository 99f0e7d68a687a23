import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the build puts the page, below the package. */
const PAGE = join('dist', 'inspect', 'page.html');

// As an ES module it has no name; and then it runs from the repository.
const HERE = typeof __dirname === 'string' ? __dirname : process.cwd();

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>rx-miniprogram inspect</title>
<p>The page is not built: run <code>npm run build</code>. Events as lines: <code>rx-miniprogram inspect --json</code>.`;

/** The page, from wherever the build has put us; read each time, so that who works on it need not start again. */
export function pageText(): string {
  for (let folder = HERE; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return readFileSync(join(folder, PAGE), 'utf8');
    } catch {
      // Further up.
    }
  }
  return NOT_BUILT;
}
