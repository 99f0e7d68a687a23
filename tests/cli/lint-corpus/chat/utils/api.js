const { https, media } = require('../config')
const MODEL = 'https://model.example.com'

const api = {}

;['GET', 'POST'].forEach((method) => {
  api[method.toLowerCase()] = (path, data) =>
    new Promise((resolve, reject) => wx.request({ url: https + path, data, method, success: resolve, fail: reject }))
})

api.ask = function (prompt, { host = MODEL, onChunk } = {}) {
  const task = wx.request({ url: host + '/v1/chat', enableChunked: true, data: { prompt }, method: 'POST' })
  task.onChunkReceived(onChunk)
  return task
}

api.upload = (filePath, options = {}) => wx.uploadFile(Object.assign({ url: `${https}/files`, name: 'file', filePath }, options))
api.media = (id) => wx.downloadFile({ url: media + '/' + id })
api.speak = (text) => wx.request(speech(text))

function speech(text) {
  return { url: 'https://voice-chat.example.com/tts', data: { text }, responseType: 'arraybuffer' }
}

module.exports = api
