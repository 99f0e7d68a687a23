/** The APIs that have a list of domains of their own (DOM-1). */
export type DomainApi = 'request' | 'uploadFile' | 'downloadFile' | 'socket';

/** The lists of the console: those of the APIs, and those of TCP and UDP sockets (TCP-1, UDP-1). */
export type DomainListName = DomainApi | 'tcp' | 'udp';

/** DOM-2: the scheme that a list's entries have, and so the calls of its API; for tcp it is assumed (discoveries/domain-lists.md). */
export const SCHEME_OF: { readonly [Name in DomainListName]: string } = {
  request: 'https',
  uploadFile: 'https',
  downloadFile: 'https',
  socket: 'wss',
  tcp: 'tcp',
  udp: 'udp',
};

/** DOM-7: the one host that can be neither configured nor called. */
export const FORBIDDEN_HOST = 'api.weixin.qq.com';
