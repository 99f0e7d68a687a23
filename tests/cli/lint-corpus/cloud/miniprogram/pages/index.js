const db = wx.cloud.database()
const pic = 'https://cloud-pic.example.com/6465/a.png?sign=1'

Page({
  data: { pic, pics: [pic, 'https://cloud-pic.example.com/b'] },
  async onLoad() {
    await wx.cloud.callFunction({ name: 'pay', data: { notify: 'https://cloud-pic.example.com/notify' } })
    await wx.cloud.callContainer({ path: '/list', header: { 'X-WX-SERVICE': 'a' } })
    await wx.cloud.uploadFile({ cloudPath: 'a.png', filePath: 'https://cloud-pic.example.com/x' })
    await wx.cloud.downloadFile({ fileID: 'cloud://demo-1/a.png' })
    await db.collection('a').add({ data: { url: 'https://cloud-pic.example.com/doc' } })
  },
  statistics: () => wx.request({ url: `https://cloud-side.example.com`, data: {} }),
  save() {
    const that = this
    wx.downloadFile({
      url: 'https://cloud-file.example.com/poster',
      success(res) { wx.saveImageToPhotosAlbum({ filePath: res.tempFilePath }) }
    })
    wx.getImageInfo({ src: 'https://cloud-head.example.com/1', success: (res) => that.draw(res.path) })
  }
})
