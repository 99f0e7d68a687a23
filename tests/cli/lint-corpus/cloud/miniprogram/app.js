App({
  onLaunch() {
    wx.cloud.init({ env: 'demo-1' })
    this.db = wx.cloud.database()
  }
})
