import config from './config.js'

const http = {
  baseUrl: config.baseUrl,
  request(options = {}) {
    options.url = this.baseUrl + options.url
    options.header = { token: uni.getStorageSync('token') }
    return new Promise((resolve, reject) => {
      uni.request({
        ...options,
        success: (res) => resolve(res.data),
        fail: reject
      })
    })
  },
  get(url, data) {
    return this.request({ url, data, method: 'GET' })
  },
  post(url, data) {
    return this.request({ url, data, method: 'POST' })
  },
  upload(path) {
    return uni.uploadFile({ url: this.baseUrl + '/upload', filePath: path, name: 'file' })
  }
}

export default http
