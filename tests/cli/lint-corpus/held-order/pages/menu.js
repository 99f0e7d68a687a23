import api from '../api/base'
import files from '../api/files'
import { imageHost } from '../config/settings'

Page({
  data: { host: imageHost, dishes: [{ pic: 'https://ho-dish.example.com/1' }], coupons: 'https://ho-coupon.example.com/list' },
  onLoad() {
    api.menu().then((dishes) => this.setData({ dishes }))
    files.locate(1, 2)
  }
})
