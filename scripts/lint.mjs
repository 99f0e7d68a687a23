// `npm run lint`: every check that does not run the code. The rules take as long as all others three times over, and one core.
import { sideBySide } from './step.mjs';

await sideBySide(
  [['rules and import arrows', 'eslint', ['--max-warnings=0', '.'], 'What a rule is for stands in eslint.config.js.']],
  [
    ['types of the app side', 'tsc', ['-p', 'tsconfig.json']],
    ['types of the desk side', 'tsc', ['-p', 'tsconfig.node.json']],
    ['formatting', 'prettier', ['--check', '--log-level=warn', '.'], 'npx prettier --write <file> puts it right.'],
  ],
);
