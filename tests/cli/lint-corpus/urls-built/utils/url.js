const PROTOCOL = 'https:';
const DOMAIN = 'built.example.com';
export const build = (sub, path, query = {}) => {
  const search = Object.keys(query).map((key) => `${key}=${query[key]}`).join('&');
  return `${PROTOCOL}//${sub}.${DOMAIN}${path}${search ? '?' + search : ''}`;
};
export const join = (...parts) => parts.map((part) => part.replace(/^\/|\/$/g, '')).join('/');
export function withProtocol(host, secure = true) { return (secure ? 'https://' : 'http://') + host; }
export const versioned = (base) => (version) => (path) => base + '/' + version + path;
export const secure = (url) => url.replace(/^http:/, 'https:');
export const toSocket = (url) => url.replace('https://', 'wss://');
export class Url {
  constructor(base) { this.base = base; this.parts = []; }
  add(part) { this.parts.push(part); return this; }
  toString() { return this.base + '/' + this.parts.join('/'); }
}
