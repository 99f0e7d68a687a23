const icons = { vip: 'https://plug-icon.example.com/vip.png' };
Component({
  properties: { src: { type: String, value: 'https://plug-pic.example.com/a.png' } },
  data: { icons },
  lifetimes: { attached() { wx.request({ url: 'https://plug-card.example.com/card' }); } },
  methods: { open() { wx.navigateTo({ url: 'plugin-private://wx1/pages/a?u=https://plug-link.example.com' }); } },
});
