/** The lists of 服务器域名, as the file of truth names them. */
export const DOMAIN_LIST_NAMES = ['request', 'uploadFile', 'downloadFile', 'socket', 'udp', 'tcp'] as const;

/** One of the lists of 服务器域名. */
export type DomainListName = (typeof DOMAIN_LIST_NAMES)[number];

/** The scheme that a list's entries have (DOM-2; for tcp it is assumed, platform-facts §3). */
export const SCHEME_OF_LIST: { readonly [Name in DomainListName]: string } = {
  request: 'https',
  uploadFile: 'https',
  downloadFile: 'https',
  socket: 'wss',
  udp: 'udp',
  tcp: 'tcp',
};
