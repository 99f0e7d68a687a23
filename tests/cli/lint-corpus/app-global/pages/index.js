const app = getApp()

Page({
  data: { image: app.globalData.imageUrl + '/1', wiki: 'https://ag-wiki.example.org' },
  onLoad() {
    app.post('/list', { from: 'https://ag-web.example.com' }, (res) => this.setData({ list: res.data }))
    wx.request({ url: getApp().globalData.lateUrl + '/x' })
    wx.connectSocket({ url: app.globalData.wssUrl + '/ws' })
    const { serverUrl } = app.globalData
    wx.uploadFile({ url: serverUrl + '/upload', filePath: '', name: 'file' })
  },
  web() {
    wx.navigateTo({ url: '/pages/web?url=https://ag-web.example.com/a' })
  }
})
