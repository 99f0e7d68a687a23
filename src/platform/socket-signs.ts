import type { Signs } from './classify-failure.js';

/** What the failure of a socket, and of a search on the local network, is known by beside what all are (discoveries/failures.md). */
export const SOCKET_SIGNS: Signs = [
  ['domain-not-allowed', /connect fail: invalid address/i],
  // EINTR of a TCP socket: nothing to do with the background.
  ['connection', /^#605103$|interrupted system call/i],
  ['too-many-tasks', /create too much|task already exist/i],
  ['connection', /Invalid Http ?(?:Code|Status)|WebSocket is not connected|readyState is not OPEN|taskID not exist/i],
];
