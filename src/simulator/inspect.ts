import { checkOptions, type KindsOf } from '../platform/check-options.js';
import type { Simulator } from './simulator-on.js';

/** How the page over a simulator is opened. */
export interface InspectOptions {
  /** What the simulator is called in the page. @defaultValue `'simulator'` */
  readonly name?: string | undefined;
  /** The port of the page on 127.0.0.1; a page that is open already stays on its own. @defaultValue any that is free */
  readonly port?: number | undefined;
  /** In which language the page begins. @defaultValue `'en'` */
  readonly language?: 'en' | 'zh' | undefined;
  /** Opens the page in the browser, too. @defaultValue `false` */
  readonly open?: boolean | undefined;
}

/** A page over a simulator. */
export interface Inspection {
  /** Its address, with the code without which nobody is told anything. */
  readonly url: string;
  /** Shows no more of this simulator; the page goes with the last one that it shows. */
  readonly close: () => Promise<void>;
}

/** Opens the page over a simulator, or joins the one that this process has open. */
export function inspect(simulator: Simulator, options: InspectOptions = {}): Promise<Inspection> {
  checkOptions('inspect', options, OPTIONS);
  const { port = 0 } = options;
  if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
    throw new TypeError(`inspect: port must be a whole number from 0 to 65535; got ${port}`);
  return opened(simulator, options);
}

async function opened(simulator: Simulator, options: InspectOptions): Promise<Inspection> {
  // Who does not look loads nothing of it.
  const { inspectSimulator } = await import('../desk/inspect-simulator.js');
  return inspectSimulator(simulator, options);
}

const OPTIONS: KindsOf<InspectOptions> = { name: 'string', port: 'number', language: ['en', 'zh'], open: 'boolean' };
