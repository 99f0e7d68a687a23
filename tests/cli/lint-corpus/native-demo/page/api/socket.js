const config = require('../../config.js')

Page({
  data: { socketStatus: 'closed' },
  openSocket() {
    wx.onSocketOpen(() => this.setData({ socketStatus: 'connected' }))
    wx.connectSocket({ url: config.tunnelUrl, fail: console.error })
  },
  sendMessage() {
    wx.sendSocketMessage({ data: 'Hello' })
  }
})
