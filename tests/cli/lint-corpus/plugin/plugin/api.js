var BASE = 'https://plugin-api.example.com'
var VOICE = 'https://plugin-voice.example.com/asr'

function call(path, data, cb) {
  wx.request({
    url: BASE + path,
    data: data,
    success: function (res) { cb && cb(res.data) }
  })
}

module.exports = {
  getData: function (cb) { call('/data', {}, cb) },
  setData: function (value, cb) { call('/data', { value: value }, cb) },
  recognize: function (path) {
    wx.uploadFile({ url: VOICE, filePath: path, name: 'voice' })
  }
}
