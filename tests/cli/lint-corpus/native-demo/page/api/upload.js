const { uploadFileUrl, downloadExampleUrl } = require('../../config')

Page({
  data: { preview: 'https://img.example.com/upload/empty.jpg' },
  chooseImage() {
    wx.chooseMedia({
      count: 1,
      success: (res) => {
        wx.uploadFile({ url: uploadFileUrl, filePath: res.tempFiles[0].tempFilePath, name: 'data' })
      }
    })
  },
  download() {
    wx.downloadFile({
      url: downloadExampleUrl,
      success: (res) => this.setData({ preview: res.tempFilePath })
    })
  }
})
