const POSTER_HOST = 'https://poster.example.com'

Page({
  async draw(goods) {
    const [background, code] = await Promise.all([
      this.download(`${POSTER_HOST}/background.png`),
      this.download('https://qr.example.com/create?id=' + goods.id)
    ])
    this.context.drawImage(background, 0, 0)
    this.context.drawImage(code, 10, 10)
  },
  download(url) {
    return new Promise((resolve, reject) => {
      wx.downloadFile({
        url,
        success: (res) => resolve(res.tempFilePath),
        fail: reject
      })
    })
  }
})
