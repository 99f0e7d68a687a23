import { addressChecks } from './address-checks.js';
import type { Check } from './check.js';
import { findServer } from './dns.js';
import { checkHttp } from './http.js';
import type { DoctorOptions } from './server.js';
import { checkTls } from './tls.js';
import { checkWebSocket } from './websocket.js';

/** Looks at a server from the list to the body, as far as it gets. */
export async function checkServer(url: string, options: DoctorOptions): Promise<Check[]> {
  const checks: Check[] = [...addressChecks(url, options.domains)];
  const found = await findServer(url, options);
  checks.push(...found.checks);
  const { server } = found;
  if (!server) return checks;

  let http2 = false;
  if (server.secure) {
    const tls = await checkTls(server, options);
    checks.push(...tls.checks);
    if (!tls.connected) return checks;
    http2 = tls.http2;
  }
  const isSocket = /^wss?:/i.test(url);
  checks.push(...(await (isSocket ? checkWebSocket(server, options) : checkHttp(server, options, http2))));
  return checks;
}
