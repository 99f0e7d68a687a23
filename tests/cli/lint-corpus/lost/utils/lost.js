const host = wx.getStorageSync('host')

export const load = (path) => wx.request({ url: host + path })
export const known = () => wx.request({ url: 'https://known.example.com', success: ({ data }) => next(data.url) })

function next(url) {
  wx.downloadFile({ url })
}
