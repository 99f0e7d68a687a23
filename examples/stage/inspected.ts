import { Desk } from '../../src/desk/desk.js';
import { openInBrowser } from '../../src/desk/open-in-browser.js';
import { servePage } from '../../src/desk/page-server.js';
import { pairingCode } from '../../src/desk/pairing-code.js';
import type { Network } from '../../src/index.js';
import { networkEvents$ } from '../../src/inspect.js';

let desk: Desk | undefined;

/** Opens the page of `rx-miniprogram inspect`, which all networks that come after it are seen in, until Ctrl-C. */
export async function openDesk(): Promise<string> {
  desk = new Desk();
  const { url } = await servePage(desk, pairingCode(), 0, 'en');
  if (process.stdout.isTTY) openInBrowser(url);
  return url;
}

/** The same network, seen on the desk where there is one. */
export function inspected(name: string, network: Network): Network {
  const inlet = desk?.open('simulator', name);
  if (inlet) networkEvents$(network).subscribe((event) => inlet.take([event]));
  return network;
}
