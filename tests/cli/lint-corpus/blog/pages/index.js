var Api = require('../utils/wp.js')
var wxRequest = require('../utils/wx-request.js')

const ARTICLES = [
  { title: '一', cover: 'https://a.blog-pictures.example.com/1', content: '<p><a href="https://copy.example.org">x</a></p>', source_url: 'https://friend.example.net/1' },
  { title: '二', cover: 'https://b.blog-pictures.example.com/2', content: '见 https://copy.example.org', url: 'http://insecure.example.net/2' }
]

Page({
  data: { articles: ARTICLES, licence: { name: 'CC', url: 'https://cc.example.org/by/4.0/' } },
  onLoad() {
    wxRequest.getRequest(Api.getPosts({ page: 1 })).then((res) => this.setData({ posts: res.data }))
    wxRequest.getRequest(Api.getComments(1))
  },
  copy(e) {
    wx.setClipboardData({ data: 'https://copy.example.org/' + e.currentTarget.dataset.id })
  },
  open() {
    this.setData({ src: 'https://player.example.net/embed' })
    wx.navigateTo({ url: '../web/web?url=' + 'https://friend.example.net' })
    if (/^https:\/\/copy\.example\.org/.test(this.data.src)) wx.openEmbeddedMiniProgram({ appId: 'wx0' })
  }
})
