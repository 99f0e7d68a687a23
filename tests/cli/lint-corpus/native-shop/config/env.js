const CONFIG = {
  // developer tools
  develop: {
    apiBase: 'https://shop-dev.example.com/api'
  },
  trial: {
    apiBase: 'https://shop-api.example.com/api'
  },
  release: {
    apiBase: 'https://shop-api.example.com/api'
  }
}

const { miniProgram } = wx.getAccountInfoSync()

export const UPLOAD = 'https://upload.example.com'
export const CDN = 'https://static.example.com'
export default CONFIG[miniProgram.envVersion]
