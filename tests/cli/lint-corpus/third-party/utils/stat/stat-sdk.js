/*!
 * stat-sdk v3.4.1
 * (c) 2019-2023 Stat Inc. All rights reserved.
 * @license MIT, https://sdk-doc.example.org
 */
var Stat = {
  url: 'https://stat-sdk.example.com/collect',
  send: function (data) {
    wx.request({ url: Stat.url, data: data, method: 'POST' })
  }
}
module.exports = Stat
