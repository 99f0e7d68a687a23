// `npm run lint`: every check that does not run the code. The rules take as long as all others three times over: half of the
// files on each core, since neither half asks for the types of the other's bodies.
import { sideBySide } from './step.mjs';

const WHAT_FOR = 'What a rule is for stands in eslint.config.js.';

await sideBySide(
  [
    ['rules and import arrows of src', 'eslint', ['--max-warnings=0', 'src'], WHAT_FOR],
    ['formatting', 'prettier', ['--check', '--log-level=warn', '.'], 'npx prettier --write <file> puts it right.'],
  ],
  [
    ['rules elsewhere', 'eslint', ['--max-warnings=0', '--ignore-pattern', 'src/', '.'], WHAT_FOR],
    ['types of the app side', 'tsc', ['-p', 'tsconfig.json']],
    ['types of the desk side', 'tsc', ['-p', 'tsconfig.node.json']],
    ['types of the page of inspect', 'tsc', ['-p', 'src/cli/inspect/page']],
  ],
);
