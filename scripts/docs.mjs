// `npm run docs`: the diagrams of the operators, and the reference of all entries from the doc blocks, in docs/ (not committed);
// the few diagrams of the READMEs in diagrams/, which are.
// A warning, such as a link to what there is not or a type that no entry exports, is a failure.
import { step } from './step.mjs';

step('diagrams', 'tsx', ['scripts/diagrams/render.ts']);
step('reference', 'typedoc', ['--logLevel', 'Warn']);
