// `npm run lint`: every check that does not run the code. Stops at the first that fails.
import { step } from './step.mjs';

step('types of the app side', 'tsc', ['-p', 'tsconfig.json']);
step('types of the desk side', 'tsc', ['-p', 'tsconfig.node.json']);
step('rules and import arrows', 'eslint', ['--max-warnings=0', '.'], 'What a rule is for stands in eslint.config.js.');
step('formatting', 'prettier', ['--check', '--log-level=warn', '.'], 'npx prettier --write <file> puts it right.');
