import { UPLOAD, CDN } from '../config/env'

export function uploadImage(filePath) {
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url: UPLOAD,
      filePath,
      name: 'file',
      success: ({ data }) => resolve(`${CDN}/${JSON.parse(data).key}`),
      fail: reject
    })
  })
}
