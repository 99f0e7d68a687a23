export class Push {
  private task?: WechatMiniprogram.SocketTask;

  constructor(private readonly address: string, private readonly retries = 3) {}

  connect(): void {
    this.task = wx.connectSocket({ url: `${this.address}?t=${Date.now()}` });
    this.task.onClose(() => this.connect());
  }
}
