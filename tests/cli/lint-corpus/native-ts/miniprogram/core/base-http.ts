export interface Options {
  url: string;
  method?: 'GET' | 'POST';
  data?: Record<string, unknown>;
}

export abstract class BaseHttp {
  protected abstract readonly baseUrl: string;

  protected send<T>(options: Options): Promise<T> {
    return new Promise((resolve, reject) => {
      wx.request({
        ...options,
        url: this.resolve(options.url),
        success: ({ data }) => resolve(data as unknown as T),
        fail: reject,
      });
    });
  }

  protected resolve(path: string): string {
    return `${this.baseUrl}${path}`;
  }
}
