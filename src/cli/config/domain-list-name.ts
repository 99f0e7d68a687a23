import type { DomainListName } from '../../platform/domain-apis.js';

/** The lists of 服务器域名, in the order in which they are told. */
export const DOMAIN_LIST_NAMES = [
  'request',
  'uploadFile',
  'downloadFile',
  'socket',
  'udp',
  'tcp',
] as const satisfies readonly DomainListName[];
