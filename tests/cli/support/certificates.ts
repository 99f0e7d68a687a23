import { generate } from 'selfsigned';

/** A key and what belongs to it; all in PEM. */
export interface Issued {
  readonly key: string;
  readonly cert: string;
}

/** What to issue. */
export interface Wish {
  readonly name: string;
  /** @defaultValue itself */
  readonly by?: Issued;
  /** @defaultValue false */
  readonly authority?: boolean;
  /** In days from now. @defaultValue -1 to 90 */
  readonly days?: readonly [from: number, to: number];
}

/** Issues a certificate that is good for one name, or an authority. */
export async function issue({ name, by, authority = false, days: [from, to] = [-1, 90] }: Wish): Promise<Issued> {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  const issued = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: at(from),
    notAfterDate: at(to),
    ...(by && { ca: { key: by.key, cert: by.cert } }),
    extensions: authority
      ? [
          { name: 'basicConstraints', cA: true, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: 'basicConstraints', cA: false },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
        ],
  });
  return { key: issued.private, cert: issued.cert };
}
