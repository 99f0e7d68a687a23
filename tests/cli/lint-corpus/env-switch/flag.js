const DEBUG = false
const isDev = wx.getAccountInfoSync().miniProgram.envVersion === 'develop'

export const flagHost = isDev ? 'https://flag-dev.example.com' : 'https://flag.example.com'
export const direct = DEBUG ? 'http://localhost:9999' : 'http://10.0.0.5:9000'
export const mode = 'production'
export const modes = {
  dev: 'http://192.168.0.9:3000',
  production: 'https://flag.example.com'
}
