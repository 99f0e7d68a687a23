import { list } from '../../services/goods'
import { swiper } from '../../services/mock'

Page({
  data: { swiper, goods: [], empty: 'https://static.example.com/empty' },
  async onLoad() {
    this.setData({ goods: await list({ page: 1 }) })
  },
  openHelp() {
    const url = 'https://h5.example.com/help'
    wx.navigateTo({ url: `/pages/web/web?src=${encodeURIComponent(url)}` })
  }
})
