import { showBytes } from '../bytes/show.js';
import { showChat } from '../chat/show.js';
import { showErrands } from '../errands/show.js';
import { showFortyRequests } from '../forty-requests/show.js';
import type { PhoneName } from '../../src/simulator/phones.js';
import { openDesk } from './inspected.js';
import { isLive } from './play.js';

/** How the demo is shown, and on whose phone. */
export interface Demo {
  readonly json: boolean;
  readonly phone: PhoneName;
  /** Whether it is shown in the browser, too, and stays there. */
  readonly inspect?: boolean;
}

/** What `npm start` shows, one act after the other; with `json` the figures of all of them on the last line. */
export async function showActs({ json, phone, inspect = false }: Demo): Promise<void> {
  if (inspect) console.error(`page  ${await openDesk()}  until Ctrl-C\n`);
  const live = isLive(json);
  const requests = await showFortyRequests(live, phone);
  const { uploaded, downloaded, events } = await showBytes(live, phone);
  const sockets = await showChat(live, phone);
  const { outbox, logins, retries } = await showErrands(live, phone);
  if (json) {
    console.log(JSON.stringify({ ...requests, uploaded, downloaded, events, sockets, outbox, logins, retries }));
  }
}
