const APPID = 'wx0123456789abcdef'
const SECRET = 'x'

App({
  onLaunch() {
    wx.request({ url: 'https://b1.example.com:8443/a' })
    wx.request({ url: 'http://b2.example.com/a' })
    wx.request({ url: 'https://8.8.4.4/a' })
    wx.login({
      success({ code }) {
        wx.request({
          url: 'https://api.weixin.qq.com/sns/jscode2session?appid=' + APPID + '&secret=' + SECRET + '&js_code=' + code
        })
      }
    })
    wx.request({ url: 'https://b5.example.com:443/a' })
    wx.request({ url: 'http://localhost:3000/a' })
    wx.connectSocket({ url: 'ws://b6.example.com/a' })
    wx.connectSocket({ url: 'wss://b7.example.com' })
    this.set('http://b-shown.example.com')
  },
  set(help) {
    this.svg = 'http://www.b-namespace.example.org/2000/svg'
    this.help = help
    const save = (url) => wx.downloadFile({ url, filePath: `${wx.env.USER_DATA_PATH}/a` })
    save('https://b8.example.com/a')
  }
})
