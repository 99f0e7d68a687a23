const defaults = { url: 'https://bh-defaults.example.com/ping', method: 'GET' };
const ping = (options) => wx.request({ ...defaults, ...options });
const host = () => wx.getStorageSync('host') || 'https://bh-storage.example.com';
const report = (path) => wx.request({ url: host() + path });
class Settings {
  static get base() { return Settings.list[0]; }
  static list = Object.freeze(['https://bh-static.example.com']);
  static load() { return wx.request({ url: `${Settings.base}/settings` }); }
}
const handlers = {
  login: () => 'https://bh-login.example.com/login',
  logout() { return 'https://bh-logout.example.com/logout'; },
};
const run = (name) => wx.request({ url: handlers[name]() });
function optionsFor(path) { const url = 'https://bh-made.example.com' + path; return { url, timeout: 1000 }; }
module.exports = { ping, report, Settings, run, send: (path) => wx.request(optionsFor(path)) };
