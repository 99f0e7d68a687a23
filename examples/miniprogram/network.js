// One for the whole app: it holds the queue, the domain lists and the app's lifecycle.
const { createHttp, createNetwork } = require('rx-miniprogram');
const { createQueries } = require('rx-miniprogram/queries');
const { createStore } = require('rx-miniprogram/resilience');

// The search of the npm registry: public, and answers in JSON. Put your own server's address here and in the lists of
// 小程序后台 → 开发 → 开发设置 → 服务器域名.
const API = 'https://registry.npmjs.org';

const network = createNetwork({
  baseUrl: API,
  domains: { request: [API] },
  networkTimeout: { request: 20_000 },
});

const http$ = createHttp(network);

// Answers that are kept, in memory and on the device. An app with a login adds `identity: () => user.id`.
const queries = createQueries(http$, {
  network,
  store: /** @type {import('rx-miniprogram/resilience').Store<import('rx-miniprogram/queries').StoredAnswer>} */ (
    createStore(network, { name: 'answers' })
  ),
});

module.exports = { http$, network, queries };
