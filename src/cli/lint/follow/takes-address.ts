import type { DomainApi } from '../../../platform/domain-apis.js';
import type { Api, Client } from './values.js';

/** What takes an address, by its name: the platform's, and ours. */
const APIS: { readonly [name: string]: readonly [api: DomainApi, key: string] } = {
  request: ['request', 'url'],
  httpRequest: ['request', 'url'],
  uploadFile: ['uploadFile', 'url'],
  downloadFile: ['downloadFile', 'url'],
  connectSocket: ['socket', 'url'],
  // A picture from the net is downloaded for it.
  getImageInfo: ['downloadFile', 'src'],
  http$: ['request', 'url'],
  stream$: ['request', 'url'],
  upload$: ['uploadFile', 'url'],
  download$: ['downloadFile', 'url'],
  socket$: ['socket', 'url'],
};

/** What takes an address, by its name. */
export function apiNamed(name: string): Api | undefined {
  const [api, key] = (Object.prototype.hasOwnProperty.call(APIS, name) ? APIS[name] : undefined) ?? [];
  return api !== undefined && key !== undefined ? { kind: 'api', api, key } : undefined;
}

/** The methods of HTTP libraries. */
export const CLIENT_METHOD =
  /^(?:get|post|put|delete|del|patch|head|options|request|fetch|ajax|send|upload|uploadFile|download|downloadFile|connectSocket|createxfetch|json|http\$|stream\$|upload\$|download\$|socket\$)$/;

/** The list that a method of a client is compared with. */
export function apiOfMethod(name: string): DomainApi {
  if (/^upload/.test(name)) return 'uploadFile';
  if (/^download/.test(name)) return 'downloadFile';
  return /socket/i.test(name) ? 'socket' : 'request';
}

/** A member of a client: one of its methods, or the client again (`http.defaults`, `network.http$.get`). */
export function clientMember(client: Client, name: string): Api | Client {
  return CLIENT_METHOD.test(name) ? { kind: 'api', api: apiOfMethod(name), key: 'url', client } : client;
}

/** Options and members in which libraries keep their base address. */
export const BASE_KEY = /^(?:base_?(?:url|uri|api|host)|prefix_?url|prefix)$/i;

/** Packages that send. */
export const HTTP_PACKAGE =
  /axios|flyio|request|fetch|ajax|http|alova|rx-miniprogram|uview|uni-network|miniprogram-network/i;
