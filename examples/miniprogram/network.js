// One for the whole app: it holds the queue, the domain lists and the app's lifecycle.
const { createHttp, createNetwork } = require('rx-miniprogram');

// The search of the npm registry: public, and answers in JSON. Put your own server's address here and in the lists of
// 小程序后台 → 开发 → 开发设置 → 服务器域名.
const API = 'https://registry.npmjs.org';

const network = createNetwork({
  baseUrl: API,
  domains: { request: [API] },
  networkTimeout: { request: 20_000 },
});

const http$ = createHttp(network);

module.exports = { http$, network };
