import { get, post } from '../utils/request'

export function list(params) {
  return get('/goods', params)
}
export function detail(id) {
  return get('/goods/' + id)
}
export function favourite(id) {
  return post('/goods/' + id + '/favourite')
}
export function track(number) {
  return new Promise((resolve) => {
    wx.request({
      url: 'https://express.example.net/query?number=' + number,
      success: (res) => resolve(res.data)
    })
  })
}
