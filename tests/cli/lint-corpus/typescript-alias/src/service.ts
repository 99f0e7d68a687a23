export class Service {
  static readonly instance = new Service();
  static readonly DOWN = 'https://alias-down.example.com';
  #host = 'https://alias-class.example.com';

  call(path: string) {
    const requestTask = wx.request({ url: `${this.#host}/${path}` });
    requestTask.abort();
    Service.download('a');
  }

  static download = (name: string) => wx.downloadFile({ url: Service.DOWN.concat('/', name) });
}
