import type { Language } from '../language.js';

/** What the desk says to the person in front of it. */
export const WORDS: {
  readonly [L in Language]: {
    readonly page: (url: string) => string;
    readonly connect: (address: string, port: number, code: string) => string;
    readonly lan: string;
    readonly phone: (name: string) => string;
    readonly wrongCode: (address: string, isLast: boolean) => string;
  };
} = {
  en: {
    page: (url) => `page    ${url}`,
    connect: (address, port, code) =>
      `app     sendToDesk(network, { url: 'ws://${address}:${port}', token: '${code}' })`,
    lan: 'note    phones on the local network are let in with --lan',
    phone: (name) => `app     ${name} is here`,
    wrongCode: (address, isLast) =>
      isLast
        ? `error   ${address} has tried too many codes: no other app is let in until you start again`
        : `error   ${address} has another code, and was refused`,
  },
  zh: {
    page: (url) => `页面    ${url}`,
    connect: (address, port, code) =>
      `小程序  sendToDesk(network, { url: 'ws://${address}:${port}', token: '${code}' })`,
    lan: '提示    局域网中的手机要连上来，请加 --lan',
    phone: (name) => `小程序  ${name} 已连接`,
    wrongCode: (address, isLast) =>
      isLast ? `错误    ${address} 试错太多次：重新启动之前不再接受连接` : `错误    ${address} 配对码不对，已拒绝`,
  },
};
