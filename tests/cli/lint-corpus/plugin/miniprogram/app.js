App({
  onLaunch: function () {
    this.check()
  },
  check: function () {
    wx.request({ url: this.globalData.server + '/check' })
  },
  globalData: { server: 'https://host-app.example.com' }
})
