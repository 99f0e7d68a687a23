import { map, type Observable } from 'rxjs';
import type { ScriptWireOptions } from '../../../src/simulator/wires/script.js';

const answer = (name: string) => ({
  says$: (heard$: Observable<Uint8Array>) => heard$.pipe(map((bytes) => `${name}: ${Buffer.from(bytes).toString()}`)),
});

/** Who hears the datagrams of a UDP socket, and answers each. */
export const PEERS: ScriptWireOptions = {
  udp: {
    '192.168.1.7:9000': answer('lamp'),
    '192.168.1.8:9000': answer('printer'),
    '192.168.1.9:9001': answer('radio'),
    'iot.example.com:9000': answer('iot'),
    '8.8.8.8:9000': answer('far'),
  },
};
