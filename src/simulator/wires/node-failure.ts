import { WireFailure, type WireFailureKind } from './wire.js';

/** How far an answer had come when the hop failed. */
export type HopProgress = 'nothing' | 'headers';

const KIND_OF_CODE: { readonly [code: string]: WireFailureKind } = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EADDRINUSE: 'in-use',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
  CERT_HAS_EXPIRED: 'tls-date',
  CERT_NOT_YET_VALID: 'tls-date',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-authority',
  EPROTO: 'tls',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls-version',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls-version',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'tls-version',
};

/** Names what Node and undici report, in the wire's words. */
export function wireFailureOf(error: Error, progress: HopProgress): WireFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return new WireFailure(kindOf(code, progress), { cause: error });
}

function kindOf(code: string, progress: HopProgress): WireFailureKind {
  // "other side closed": Chromium tells an answer that never began from one that broke off.
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO' || code.startsWith('ERR_HTTP2_'))
    return progress === 'nothing' ? 'empty' : 'incomplete';
  if (code.startsWith('ERR_SSL_') && !(code in KIND_OF_CODE)) return 'tls';
  return KIND_OF_CODE[code] ?? (progress === 'nothing' ? 'failed' : 'incomplete');
}
