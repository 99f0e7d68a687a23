// `npm run lint`: every check that does not run the code. The rules take as long as all others twice over: half of the files on
// each core, since neither half asks for the types of the other's bodies.
import { atTheSameTime } from './step.mjs';

const WHAT_FOR = 'What a rule is for stands in eslint.config.js.';
const PUT_RIGHT = 'npx prettier --write <file> puts it right.';
const ESLINT = ['--max-warnings=0'];
const PRETTIER = ['--check', '--log-level=warn'];

// The longest first.
await atTheSameTime(2, [
  ['rules elsewhere', 'eslint', [...ESLINT, '--ignore-pattern', 'src/', '.'], WHAT_FOR],
  ['rules and import arrows of src', 'eslint', [...ESLINT, 'src'], WHAT_FOR],
  ['formatting of src', 'prettier', [...PRETTIER, 'src'], PUT_RIGHT],
  ['formatting elsewhere', 'prettier', [...PRETTIER, '.', '!src'], PUT_RIGHT],
  ['types of the desk side', 'tsc', ['-p', 'tsconfig.node.json']],
  ['types of the app side', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the page of inspect', 'tsc', ['-p', 'src/cli/inspect/page']],
]);
