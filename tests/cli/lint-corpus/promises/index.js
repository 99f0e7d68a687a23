import { promisifyAll, promisify } from 'miniprogram-api-promise'
import { pify } from './lib/pify'

const wxp = {}
promisifyAll(wx, wxp)
const request = promisify(wx.request)
const { uploadFile, request: ask } = wx

export const one = () => wxp.request({ url: 'https://p1.example.com/a' })
export const two = () => request({ url: 'https://p2.example.com/a' })
export const three = () => pify(wx.request)({ url: 'https://p3.example.com/a' })
export const up = (filePath) => uploadFile({ url: 'https://p-up.example.com', filePath, name: 'f' })
export const four = async () => await ask({ url: 'https://p4.example.com' })

const defaults = { url: 'https://p5.example.com/default', method: 'GET', header: { Referer: 'https://p-shown.example.com' } }
export function five(options) {
  return wx.request(Object.assign({}, defaults, options))
}
five({ data: { next: 'https://p-shown.example.com/next' } })

function six(path, host = 'https://p6.example.com', { retry = 0, ...rest } = {}) {
  const options = { method: 'GET', ...rest }
  options.url = host + path
  return wx.request(options)
}
six('/a')

const name = 'request'
wx[name]({ url: 'https://p7.example.com' })

const LIST = ['https://p-list-a.example.com/1', 'https://p-list-b.example.com/2']
export async function all() {
  for (const url of LIST) await wxp.downloadFile({ url })
  await Promise.all([1, 2].map((n) => wx.downloadFile({ url: 'https://p-down.example.com/' + n })))
  wx.previewImage({ urls: ['https://p-shown.example.com/1'] })
}
