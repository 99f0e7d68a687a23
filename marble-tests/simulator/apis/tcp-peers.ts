import { NEVER } from 'rxjs';
import type { ScriptWireOptions } from '../../../src/simulator/wires/script.js';

/** The neighbour that gives back what it hears. */
export const PEER = { address: '192.168.1.7', port: 9000 };

/** Whom a TCP socket can reach, or not. */
export const PEERS: ScriptWireOptions = {
  tcp: {
    '192.168.1.7:9000': { afterMs: 5, says$: (heard$) => heard$ },
    '192.168.1.8:9000': { afterMs: 5 },
    '192.168.1.9:9000': { fails: 'refused', afterMs: 3 },
    'iot.example.com:9000': { says$: NEVER },
    'any.example.com:9000': { says$: NEVER },
  },
};
