import { checkServerIdentity, type DetailedPeerCertificate } from 'node:tls';
import { check, type Check } from './check.js';

const DAY_MS = 86_400_000;
const SOON_DAYS = 21;
/** iOS takes no certificate that is valid for longer. */
const MAX_DAYS = 398;

/** Judges chain, host name and validity, each by itself: the system reports only the first thing that it stumbles on. */
export function certificateChecks(
  host: string,
  certificate: DetailedPeerCertificate,
  authorizationCode: string | undefined,
  nowMs: number = Date.now(),
): Check[] {
  if (certificate.raw === undefined) {
    return [check('certificate', 'bad', ['there is none', '没有证书'], ['no phone connects', '手机不会连接'])];
  }
  return [
    chainCheck(certificate, authorizationCode),
    nameCheck(host, certificate),
    ...validityChecks(certificate, nowMs),
  ];
}

function chainCheck(certificate: DetailedPeerCertificate, code: string | undefined): Check {
  const names = chainOf(certificate).map(({ subject }) => String(subject.CN ?? subject.O ?? '?'));
  const sent = names.join(' ← ');
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return check(
        'chain',
        'bad',
        [`self-signed: ${sent}`, `自签名证书：${sent}`],
        ['phones trust only the authorities of their system', '手机只信任系统内置的证书机构'],
        [
          'get one from a public authority; to look at one of your own: --ca <file>',
          '请使用公共机构签发的证书；检查自建机构可用 --ca <文件>',
        ],
      );
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return check(
        'chain',
        'bad',
        [`its root is not trusted: ${sent}`, `根证书不受信任：${sent}`],
        ['phones trust only the authorities of their system', '手机只信任系统内置的证书机构'],
        [
          'get one from a public authority; to look at one of your own: --ca <file>',
          '请使用公共机构签发的证书；检查自建机构可用 --ca <文件>',
        ],
      );
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return check(
        'chain',
        'bad',
        [`it is not whole: only ${sent} was sent`, `证书链不完整：只发送了 ${sent}`],
        [
          'browsers fetch what is missing, Android does not: it works on the desk and fails on the phone',
          '浏览器会自动补全，Android 不会：电脑上正常，手机上失败',
        ],
        ['send the intermediates too (fullchain.pem)', '请同时发送中间证书（fullchain.pem）'],
      );
    default:
      return check('chain', 'good', [sent, sent]);
  }
}

function nameCheck(host: string, certificate: DetailedPeerCertificate): Check {
  const wrong = checkServerIdentity(host, certificate);
  const names = (certificate.subjectaltname ?? String(certificate.subject.CN ?? '')).replace(/DNS:/g, '');
  if (!wrong) return check('name', 'good', [names, names]);
  return check(
    'name',
    'bad',
    [`the certificate is for ${names}, not for ${host}`, `证书属于 ${names}，不是 ${host}`],
    ['every call fails with ERR_CERT_COMMON_NAME_INVALID', '所有请求都会以 ERR_CERT_COMMON_NAME_INVALID 失败'],
    [`get one that names ${host}`, `请申请包含 ${host} 的证书`],
  );
}

function validityChecks({ valid_from, valid_to }: DetailedPeerCertificate, nowMs: number): Check[] {
  const [from, to] = [Date.parse(valid_from), Date.parse(valid_to)];
  const days = Math.floor((to - nowMs) / DAY_MS);
  const until = new Date(to).toISOString().slice(0, 10);
  const why = ['every call fails with ERR_CERT_DATE_INVALID', '所有请求都会以 ERR_CERT_DATE_INVALID 失败'] as const;

  if (nowMs > to) {
    return [check('validity', 'bad', [`it ended on ${until}`, `已于 ${until} 过期`], why, ['renew it', '请续期'])];
  }
  if (nowMs < from) {
    const since = new Date(from).toISOString().slice(0, 10);
    return [
      check('validity', 'bad', [`it begins on ${since}`, `${since} 才生效`], why, [
        'look at the clocks',
        '请检查服务器时间',
      ]),
    ];
  }
  const checks = [
    days < SOON_DAYS
      ? check(
          'validity',
          'warning',
          [`it ends in ${days} days, on ${until}`, `还有 ${days} 天过期（${until}）`],
          ['from then on every call fails', '过期后所有请求都会失败'],
          ['renew it, best by itself (ACME)', '请续期，最好自动续期（ACME）'],
        )
      : check('validity', 'good', [`until ${until}`, `有效期至 ${until}`]),
  ];
  const length = Math.round((to - from) / DAY_MS);
  if (length > MAX_DAYS) {
    checks.push(
      check(
        'validity',
        'warning',
        [`it is valid for ${length} days`, `有效期长达 ${length} 天`],
        [
          `iOS takes no certificate of a public authority for more than ${MAX_DAYS}`,
          `iOS 不接受公共机构签发的、有效期超过 ${MAX_DAYS} 天的证书`,
        ],
        ['get a shorter one', '请申请有效期更短的证书'],
      ),
    );
  }
  return checks;
}

/** The leaf and what was sent, or is known, above it. */
function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  for (
    let next: DetailedPeerCertificate | undefined = leaf;
    next && !chain.includes(next);
    next = next.issuerCertificate
  ) {
    chain.push(next);
    if (chain.length > 10) break;
  }
  return chain;
}
