const UPLOAD = { host: 'https://ho-img.example.com', path: '/put' }

exports.put = function (filePath, formData) {
  const { host, path } = UPLOAD
  return wx.uploadFile({ url: host + path, filePath, name: 'image', formData })
}

exports.contract = (id, done) => {
  const url = 'https://ho-contract.example.com/' + id + '.pdf'
  const task = wx.downloadFile({ url, success: (res) => done(res.tempFilePath) })
  task.onProgressUpdate(() => {})
}

exports.locate = function (lat, lng) {
  var that = this
  wx.request({
    url: 'https://ho-map.example.net/geo?location=' + lat + ',' + lng,
    success: function (res) { that.address = res.data }
  })
}
