import { showBytes } from '../bytes/show.js';
import { showChat } from '../chat/show.js';
import { showFortyRequests } from '../forty-requests/show.js';
import { isLive } from './play.js';

/** What `npm start` shows, one act after the other; with `json` the figures of all of them on the last line. */
export async function showActs({ json }: { readonly json: boolean }): Promise<void> {
  const live = isLive(json);
  const requests = await showFortyRequests(live);
  const { uploaded, downloaded, events } = await showBytes(live);
  const sockets = await showChat(live);
  if (json) console.log(JSON.stringify({ ...requests, uploaded, downloaded, events, sockets }));
}
