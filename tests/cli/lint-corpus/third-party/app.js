const Map = require('./libs/map-jssdk.min.js')
require('./utils/stat/stat-sdk.js')

const map = new Map({ key: 'KEY' })

App({
  onLaunch() {
    map.search({ keyword: 'x' })
    wx.request({ url: 'https://own.example.com/boot' })
  },
  help: 'https://sdk-doc.example.org'
})
