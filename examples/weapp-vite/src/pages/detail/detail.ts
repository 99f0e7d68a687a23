let socket: WechatMiniprogram.SocketTask;

Page({
  data: { text: '' },
  onLoad({ id }) {
    socket = wx.connectSocket({ url: `wss://api.example.com/live?id=${id}` });
    socket.onMessage(({ data }) => this.setData({ text: data as string }));
  },
  onUnload() {
    socket.close({});
  },
});
