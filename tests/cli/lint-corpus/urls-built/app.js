import { build, join, secure, toSocket, versioned, withProtocol, Url } from './utils/url';
const v1 = versioned('https://curried.example.com')('v1');
const table = new Map([['map', 'https://in-map.example.com']]);
const settings = JSON.parse('{"a":1}');
const { api: { host = 'https://destructured.example.com' } = {} } = settings;
let current;
function pick(region) {
  switch (region) {
    case 'cn': current = 'https://switch-cn.example.com'; break;
    case 'hk': current = 'https://switch-hk.example.com'; break;
    default: current = 'https://switch-all.example.com';
  }
  return current;
}
App({
  onLaunch() {
    wx.request({ url: build('one', '/a', { x: 1 }) });
    wx.request({ url: join('https://joined.example.com/', '/a/', 'b') });
    wx.request({ url: withProtocol('with-protocol.example.com') });
    wx.request({ url: v1('/me') });
    wx.request({ url: secure('http://secured.example.com/a') });
    wx.connectSocket({ url: toSocket('https://to-socket.example.com/ws') });
    wx.request({ url: new Url('https://fluent.example.com').add('a').toString() });
    wx.request({ url: table.get('map') + '/x' });
    wx.request({ url: host + '/y' });
    wx.request({ url: pick(this.region) + '/z' });
    wx.request({ url: `https://${'nested' + '.example'}.com/a` });
    const options = { method: 'GET' };
    options.url = 'https://assigned.example.com/a';
    wx.request(options);
    const list = [];
    list.push('https://pushed.example.com/a');
    list.forEach((url) => wx.request({ url }));
    const queue = [];
    const next = () => { const job = queue.shift(); if (job) wx.request({ ...job, complete: next }); };
    queue.push({ url: 'https://queued.example.com/job' });
    next();
    setTimeout(() => wx.request({ url: 'https://timer.example.com' }), 1000);
    (async () => { const { url } = await Promise.resolve({ url: 'https://promised.example.com' }); wx.request({ url }); })();
    wx.request({ url: true ? 'https://ternary.example.com' : 'https://never.example.com' });
    wx.login({ success({ code }) { wx.request({ url: 'https://login.example.com?code=' + code }); } });
    wx['request']({ url: 'https://computed.example.com' });
    const { request } = wx;
    request({ url: 'https://taken.example.com' });
    const wxp = {};
    for (const name of ['request', 'login']) wxp[name] = (options) => new Promise((success, fail) => wx[name]({ ...options, success, fail }));
    wxp.request({ url: 'https://promisified.example.com' });
  },
});
