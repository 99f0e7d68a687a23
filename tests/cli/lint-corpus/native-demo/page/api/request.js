const requestUrl = require('../../config').requestUrl
const duration = 2000

Page({
  makeRequest() {
    const self = this
    self.setData({ loading: true })
    wx.request({
      url: requestUrl,
      data: { noncestr: Date.now() },
      success(result) {
        wx.showToast({ title: 'ok', icon: 'success', mask: true, duration })
      }
    })
  },
  echo() {
    wx.request({ url: 'https://echo.example.org/get?show=https://img.example.com/a.png', method: 'GET' })
  },
  copy() {
    wx.setClipboardData({ data: 'https://developers.example.org/miniprogram/dev/api/network.html' })
  }
})
