import http from './http'

export const upload = (filePath: string) => http.upload('/files', { filePath, name: 'file' })
export const fetchPackage = (name: string) =>
  new Promise((resolve) => {
    uni.downloadFile({ url: import.meta.env.VITE_PACKAGES + `/${name}.zip`, success: resolve })
  })
