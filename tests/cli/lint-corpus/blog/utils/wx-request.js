function wxPromisify(fn) {
  return function (obj = {}) {
    return new Promise((resolve, reject) => {
      obj.success = resolve
      obj.fail = reject
      fn(obj)
    })
  }
}

function getRequest(url, data) {
  var run = wxPromisify(wx.request)
  return run({ url: url, method: 'GET', data: data, header: { 'Content-Type': 'application/json' } })
}

module.exports = { getRequest: getRequest }
