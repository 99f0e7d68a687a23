import env from '../config/env'
import { getToken } from './auth'

function request(url, method, data = {}, needToken = true) {
  const header = { 'content-type': 'application/json' }
  if (needToken) header.Authorization = `Bearer ${getToken()}`
  return new Promise((resolve, reject) => {
    wx.request({
      url: env.apiBase + url,
      method,
      data,
      header,
      success(res) {
        if (res.statusCode === 200) resolve(res.data)
        else reject(res)
      },
      fail: reject
    })
  })
}

export const get = (url, data) => request(url, 'GET', data)
export const post = (url, data) => request(url, 'POST', data)
export default request
