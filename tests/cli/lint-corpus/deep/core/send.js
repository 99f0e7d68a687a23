export function send(options) {
  const { url, method = 'GET', data } = options
  return new Promise((resolve, reject) => wx.request({ url, method, data, success: resolve, fail: reject }))
}
