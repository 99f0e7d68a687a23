const { host, socket } = require('./env')
const { flagHost, direct, modes, mode } = require('./flag')
const pick = wx.getStorageSync('mode') || mode

App({
  onLaunch() {
    wx.request({ url: `${host}/a` })
    wx.request({ url: flagHost + '/b' })
    wx.request({ url: direct + '/c' })
    wx.request({ url: modes[pick] + '/d' })
    wx.connectSocket({ url: socket })
  }
})
