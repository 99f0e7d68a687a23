import { server } from '../config/settings.js'

const request = ({ host = 'api', path, method = 'GET', data }) =>
  new Promise((resolve, reject) => {
    wx.showNavigationBarLoading()
    wx.request({
      url: `${server[host]}${path}`,
      method,
      data,
      success: ({ statusCode, data: body }) => (statusCode < 400 ? resolve(body) : reject(body)),
      fail: reject,
      complete: () => wx.hideNavigationBarLoading()
    })
  })

export default {
  menu: () => request({ path: '/menu' }),
  me: () => request({ host: 'user', path: '/me' }),
  order: (data) => request({ path: '/order', method: 'POST', data })
}
