const store = require('./utils/store');
const bus = { list: {}, on(name, fn) { (this.list[name] = this.list[name] || []).push(fn); }, emit(name, value) { (this.list[name] || []).forEach((fn) => fn(value)); } };
bus.on('track', (url) => wx.request({ url }));
App({
  onLaunch() {
    store.ping(); store.report('/a'); store.Settings.load(); store.run('login'); store.send('/b');
    bus.emit('track', 'https://bh-bus.example.com/t');
    const { file } = require('./config.json').hosts;
    wx.downloadFile({ url: file + '/a.zip' });
    for (const [key, value] of Object.entries({ a: 'https://bh-entries.example.com' })) wx.request({ url: value + '/' + key });
    const urls = ['https://bh-some.example.com'];
    for (let i = 0; i < urls.length; i++) wx.request({ url: urls[i] });
    wx.request?.({ url: 'https://bh-optional.example.com' });
    const env = 'release';
    wx.request({ url: env === 'release' ? 'https://bh-nested.example.com' : env === 'trial' ? 'https://bh-not.example.com' : 'https://bh-nor.example.com' });
  },
});
