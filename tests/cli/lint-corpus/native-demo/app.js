const config = require('./config')

App({
  onLaunch(opts) {
    console.log('App Launch, docs at https://developers.example.org/miniprogram', opts)
  },
  globalData: {
    hasLogin: false,
    openid: null
  },
  getUserOpenId(callback) {
    wx.login({
      success: (data) => {
        wx.request({
          url: config.openIdUrl,
          data: { code: data.code },
          success: (res) => callback(null, res.data.openid),
          fail: (res) => callback(res)
        })
      }
    })
  }
})
