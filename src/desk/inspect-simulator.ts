import type { Inspection, InspectOptions, Simulator } from '../simulator/index.js';
import { Desk } from './desk.js';
import { openInBrowser } from './open-in-browser.js';
import { servePage, type PageServer } from './page-server.js';
import { pairingCode } from './pairing-code.js';
import { simulatorInspection } from './simulator-events.js';

interface OpenDesk {
  readonly desk: Desk;
  readonly server: Promise<PageServer>;
  /** How many simulators are shown. */
  shown: number;
}

/** Of this process: simulators that are looked into are sources of one page. */
let open: OpenDesk | undefined;

/** The same, and of a command: whose end is when its user has seen enough. */
export interface LookOptions extends InspectOptions {
  /** Whether the process goes on while the page is open. @defaultValue `false` */
  readonly keepsProcess?: boolean | undefined;
}

/** Shows what a simulator does from now on, in the page that this process has open, or in a new one. */
export async function inspectSimulator(simulator: Simulator, options: LookOptions): Promise<Inspection> {
  const { name = 'simulator' } = options;
  const isFirst = open === undefined;
  const here = (open ??= openDesk(options));
  const source = here.desk.open('simulator', name, {
    setOffline: (offline) => simulator.setNetwork(offline ? 'none' : 'wifi'),
    setBackground: (background) => (background ? simulator.enterBackground() : simulator.enterForeground()),
  });
  here.shown++;
  const inspected = simulatorInspection();
  const life = simulator.events$.subscribe({
    next(event) {
      const events = inspected(event);
      if (events.length > 0) source.take(events);
    },
    complete: () => source.end(),
  });
  const { url, close } = await here.server.catch((error: unknown) => {
    if (open === here) open = undefined;
    life.unsubscribe();
    throw error;
  });
  if (isFirst && options.open === true) openInBrowser(url);

  let isClosed = false;
  return {
    url,
    async close() {
      if (isClosed) return;
      isClosed = true;
      life.unsubscribe();
      source.end();
      if (--here.shown > 0) return;
      if (open === here) open = undefined;
      await close();
    },
  };
}

function openDesk({ port = 0, language = 'en', keepsProcess = false }: LookOptions): OpenDesk {
  const desk = new Desk();
  return { desk, server: servePage(desk, pairingCode(), port, language, keepsProcess), shown: 0 };
}
