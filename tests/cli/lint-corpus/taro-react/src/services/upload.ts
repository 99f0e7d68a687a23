import { uploadFile } from '@tarojs/taro'

declare const OSS_HOST: string

export const put = (filePath: string) => uploadFile({ url: OSS_HOST, filePath, name: 'file' })
