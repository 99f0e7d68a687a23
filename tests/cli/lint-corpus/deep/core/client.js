import { send } from './send'

export function createClient(base, { prefix = '' } = {}) {
  const join = (path) => base + prefix + path
  return {
    get: (path, data) => send({ url: join(path), data }),
    post(path, data) {
      return send({ url: join(path), method: 'POST', data })
    },
    upload: (filePath) => wx.uploadFile({ url: base + '/files', filePath, name: 'f' })
  }
}
