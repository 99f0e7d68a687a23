const util = require('utils/util.js')

App({
  globalData: {
    serverUrl: 'https://ag-api.example.com',
    imageUrl: 'https://ag-pic.example.com',
    wssUrl: 'wss://ag-socket.example.com'
  },
  util,
  onLaunch: function () {
    this.globalData.lateUrl = 'https://ag-late.example.com'
  },
  post: function (path, data, success) {
    wx.request({
      url: this.globalData.serverUrl + path,
      method: 'POST',
      data,
      success
    })
  }
})
