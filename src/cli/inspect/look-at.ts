import type { Simulator } from '../../simulator/index.js';
import type { CommandInput } from '../command-input.js';
import { Desk } from './desk.js';
import { openInBrowser } from './open-in-browser.js';
import { servePage } from './page-server.js';
import { pairingCode } from './pairing-code.js';
import { simulatorInspection } from './simulator-events.js';
import { WORDS } from './words.js';

/** What shows a simulator, until it is closed. */
export interface Look {
  /** Where to look. */
  readonly said: string;
  close(): Promise<void>;
}

/** Shows what the app in a simulator does, in a page on any free port. */
export async function lookAt(
  simulator: Simulator,
  name: string,
  { values, language, context }: Pick<CommandInput, 'values' | 'language' | 'context'>,
): Promise<Look> {
  const desk = new Desk();
  const inlet = desk.open('simulator', name, {
    setOffline: (offline) => simulator.setNetwork(offline ? 'none' : 'wifi'),
    setBackground: (background) => (background ? simulator.enterBackground() : simulator.enterForeground()),
  });
  const inspected = simulatorInspection();
  simulator.events$.subscribe((event) => {
    const events = inspected(event);
    if (events.length > 0) inlet.take(events);
  });
  const page = await servePage(desk, pairingCode(), 0, language);
  if (context.terminal && values['no-open'] !== true) openInBrowser(page.url);
  return { said: WORDS[language].page(page.url), close: () => page.close() };
}
