import { addressChecks } from './address-checks.js';
import type { Check } from './check.js';
import { findServer } from './dns.js';
import { examineHttp } from './http.js';
import type { Examination } from './patient.js';
import { examineTls } from './tls.js';
import { examineWebSocket } from './websocket.js';

/** Looks at a server from the list to the body, as far as it gets. */
export async function examine(url: string, examination: Examination): Promise<Check[]> {
  const checks: Check[] = [...addressChecks(url, examination.domains)];
  const found = await findServer(url, examination);
  checks.push(...found.checks);
  const { patient } = found;
  if (!patient) return checks;

  let http2 = false;
  if (patient.secure) {
    const tls = await examineTls(patient, examination);
    checks.push(...tls.checks);
    if (!tls.connected) return checks;
    http2 = tls.http2;
  }
  const isSocket = /^wss?:/i.test(url);
  checks.push(
    ...(await (isSocket ? examineWebSocket(patient, examination) : examineHttp(patient, examination, http2))),
  );
  return checks;
}
