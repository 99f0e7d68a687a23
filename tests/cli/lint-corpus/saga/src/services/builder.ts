import Taro from '@tarojs/taro';
export class RequestBuilder {
  private options: Partial<Taro.request.Option> = {};
  static of(url: string) { return new RequestBuilder().url(url); }
  url(url: string) { this.options.url = url; return this; }
  method(method: 'GET' | 'POST') { this.options.method = method; return this; }
  send() { return Taro.request(this.options as Taro.request.Option); }
}
type Next = (options: Taro.request.Option) => Promise<unknown>;
const withBase = (base: string) => (next: Next): Next => (options) => next({ ...options, url: base + options.url });
export const client = withBase('https://sg-middleware.example.com')((options) => Taro.request(options) as Promise<unknown>);
