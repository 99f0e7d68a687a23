module.exports = (function () { var h = 'https://im-sdk.example.com'; return { login: function () { wx.request({ url: h + '/login' }) } } })()
