App({
  globalData: { cdn: 'https://mall-canvas.example.com', userInfo: null },
  onLaunch() {
    const log = 'https://mall-log.example.com';
    wx.onError((message) => wx.request({ url: log + '/error', method: 'POST', data: { message } }));
  },
});
