import { generate } from 'selfsigned';

/** A certificate for some hosts, and the authority that signed it; all in PEM. */
export interface ThrowAwayCertificate {
  readonly key: string;
  /** The leaf, then the authority. */
  readonly cert: string;
  readonly ca: string;
}

const EC = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' } as const;

/** Makes an authority that nobody else trusts, and a certificate of its for the hosts. */
export async function throwAwayCertificate(hosts: readonly string[]): Promise<ThrowAwayCertificate> {
  const authority = await generate([{ name: 'commonName', value: 'Throw-away Authority' }], {
    ...EC,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], {
    ...EC,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return { key: leaf.private, cert: `${leaf.cert}\n${authority.cert}`, ca: authority.cert };
}
