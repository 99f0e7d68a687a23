import { host } from '../env';
export interface RequestOptions<T = unknown> { path: string; method?: 'GET' | 'POST'; data?: T }

export abstract class BaseService {
  protected readonly prefix: string = '';
  protected get baseUrl(): string { return host; }

  protected async send<T>({ path, method = 'GET', data }: RequestOptions): Promise<T> {
    const url = `${this.baseUrl}${this.prefix}${path}`;
    return new Promise<T>((resolve, reject) => {
      wx.request({ url, method, data: data as any, success: ({ data }) => resolve(data as T), fail: reject });
    });
  }
}
