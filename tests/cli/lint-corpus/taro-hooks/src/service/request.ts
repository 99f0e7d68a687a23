import Taro, { request as taroRequest, uploadFile } from '@tarojs/taro';
type Method = keyof Taro.request.Method;
interface Params { url: string; data?: object; method?: Method; host?: string }
class Request {
  private base = process.env.TARO_APP_API;
  private async run({ url, data, method = 'GET', host }: Params) {
    const address = /^https?:/.test(url) ? url : (host || this.base) + url;
    const res = await Taro.request({ url: address, data, method });
    return res.data;
  }
  get(url: string, data?: object) { return this.run({ url, data }); }
  post(url: string, data?: object, host?: string) { return this.run({ url, data, method: 'POST', host }); }
}
export default new Request();
export const ping = () => taroRequest({ url: `${API_HOST}/ping` });
export const send = (filePath: string) => uploadFile({ url: API_HOST + '/upload', filePath, name: 'file' });
declare const API_HOST: string;
