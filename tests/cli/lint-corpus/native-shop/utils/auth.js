export function getToken() {
  return wx.getStorageSync('token')
}
