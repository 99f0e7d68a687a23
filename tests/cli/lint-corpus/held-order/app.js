import { wsBase } from './config/settings'

App({
  onLaunch() {
    this.socket = wx.connectSocket({ url: wsBase })
  },
  rule: 'https://ho-rule.example.org/rule'
})
