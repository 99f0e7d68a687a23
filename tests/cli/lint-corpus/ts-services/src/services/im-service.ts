import { domains } from '../env';
export class ImService {
  #task?: WechatMiniprogram.SocketTask;
  #retries = 0;
  constructor(readonly url: string) {}
  connect() {
    this.#task = wx.connectSocket({ url: this.url, protocols: ['im'] });
    this.#task.onClose(() => { if (this.#retries++ < 3) setTimeout(() => this.connect(), 1000); });
  }
}
export const im = new ImService(`${domains.im}/v1`);
