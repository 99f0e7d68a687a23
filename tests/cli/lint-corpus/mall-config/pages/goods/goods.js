var util = require('../../utils/util.js');
var api = require('../../config/api.js');
var user = require('../../services/user.js');
const app = getApp();

Page({
  data: {
    cover: 'https://mall-img.example.com/cover.png',
    gallery: ['https://mall-img.example.com/1.png', 'https://mall-img2.example.com/2.png'],
    shareImage: '',
  },
  onLoad(options) {
    this.loadGoods(options.id);
    user.checkLogin().then(() => user.search('shoes'));
  },
  loadGoods(id) {
    let that = this;
    util.request(api.GoodsDetail, { id }).then(function (res) { that.setData({ goods: res.data }); });
    util.request(api.HomeIndex);
  },
  onUpload() {
    wx.chooseImage({
      success: (res) => {
        for (const path of res.tempFilePaths) {
          wx.uploadFile({ url: api.Upload, filePath: path, name: 'file' });
        }
      },
    });
  },
  onInvoice(e) {
    const id = e.currentTarget.dataset.id;
    wx.downloadFile({
      url: api.Invoice + id + '.pdf',
      success: ({ tempFilePath }) => wx.openDocument({ filePath: tempFilePath }),
    });
  },
  onPoster() {
    wx.getImageInfo({ src: app.globalData.cdn + '/poster/bg.png', success: ({ path }) => this.draw(path) });
  },
  onPreview() {
    wx.previewImage({ current: this.data.gallery[0], urls: this.data.gallery });
  },
  onCopy() {
    wx.setClipboardData({ data: 'https://mall-share.example.com/g/1' });
  },
  onService() {
    this.socket = wx.connectSocket({ url: api.Service });
  },
  onHelp() {
    wx.navigateTo({ url: '/pages/web/web?src=' + encodeURIComponent(api.HelpPage) });
  },
  onShareAppMessage() {
    return { title: 'A', imageUrl: 'https://mall-poster.example.com/share.png' };
  },
});
