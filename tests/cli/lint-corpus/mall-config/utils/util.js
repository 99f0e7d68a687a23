const api = require('../config/api.js');

function request(url, data = {}, method = 'GET') {
  return new Promise(function (resolve, reject) {
    wx.request({
      url: url,
      data: data,
      method: method,
      header: { 'X-Token': wx.getStorageSync('token') },
      success: function (res) { res.statusCode === 200 ? resolve(res.data) : reject(res.errMsg); },
      fail: reject,
    });
  });
}

function showErrorToast(title) { wx.showToast({ title, image: '/static/error.png' }); }

module.exports = { request, showErrorToast, get: (url, data) => request(url, data), api };
