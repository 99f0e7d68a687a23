/** Where a host really is; `undefined` leaves it to the system. */
export type Lookup = (
  host: string,
  port: number,
) => { readonly address: string; readonly port?: number | undefined } | undefined;
