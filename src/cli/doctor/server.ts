import type { DomainLists } from '../../platform/domain-lists.js';
import type { Lookup } from '../../simulator/wires/node-connector.js';

/** How to look at a server. */
export interface DoctorOptions {
  /** The lists to compare with; without them only what holds for any list is checked. */
  readonly domains: DomainLists | undefined;
  readonly appId: string;
  readonly ca: string | undefined;
  readonly lookup: Lookup | undefined;
  /** For each step. */
  readonly timeoutMs: number;
}

/** Where a URL leads. */
export interface Server {
  readonly url: string;
  readonly host: string;
  /** The one that is connected to in the end. */
  readonly port: number;
  readonly secure: boolean;
  /** Where `--resolve` or the DNS says that it is. */
  readonly address: string;
  readonly addressPort: number;
}
