import { config } from '@/store/config';

type Method = 'GET' | 'POST';

function http<T>(method: Method, url: string, data?: object) {
  const options: UniApp.RequestOptions = { url, method, data };
  if (!url.startsWith('http')) options.url = config.api + url;
  return new Promise<T>((resolve, reject) => {
    uni.request({ ...options, success: (r) => resolve(r.data as T), fail: reject });
  });
}

export const get = <T>(url: string, data?: object) => http<T>('GET', url, data);
export const post = <T>(url: string, data?: object) => http<T>('POST', url, data);
export function upload(file: string) {
  return new Promise((resolve) => uni.uploadFile({ url: `${config.api}/upload`, filePath: file, name: 'f', success: resolve }));
}
