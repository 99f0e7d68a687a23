import Taro from '@tarojs/taro';
import { env } from '../config/env';

class HttpRequest {
  private readonly options: { baseUrl: string };

  constructor(options: { baseUrl: string }) {
    this.options = options;
  }

  request<T>(config: Taro.request.Option) {
    return Taro.request<T>({ ...config, url: this.options.baseUrl + config.url });
  }

  get<T>(url: string, data?: object) {
    return this.request<T>({ url, data, method: 'GET' });
  }
}

export const request = new HttpRequest({ baseUrl: env.api });
export const loginRequest = new HttpRequest({ baseUrl: 'https://tv-login.example.com' });
