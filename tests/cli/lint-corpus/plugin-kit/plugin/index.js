const { track } = require('./api/track');
let host = 'https://plug-default.example.com';
module.exports = {
  setHost(value) { host = value; },
  getData(callback) { wx.request({ url: host + '/data', success: ({ data }) => callback(data) }); },
  track,
};
