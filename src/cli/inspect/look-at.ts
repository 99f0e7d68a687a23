import { inspectSimulator } from '../../desk/inspect-simulator.js';
import type { Simulator } from '../../simulator/index.js';
import type { CommandInput } from '../command-input.js';
import { WORDS } from './words.js';

/** What shows a simulator, until it is closed. */
export interface Look {
  /** Where to look. */
  readonly said: string;
  readonly close: () => Promise<void>;
}

/** Shows what the app in a simulator does, in a page on any free port. */
export async function lookAt(
  simulator: Simulator,
  name: string,
  { values, language, context }: Pick<CommandInput, 'values' | 'language' | 'context'>,
): Promise<Look> {
  const open = context.terminal && values['no-open'] !== true;
  const { url, close } = await inspectSimulator(simulator, { name, language, open, keepsProcess: true });
  return { said: WORDS[language].page(url), close };
}
