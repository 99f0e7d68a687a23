const { main } = require('../utils/ws')
const api = require('../utils/api')

Page({
  data: {
    emojis: Array.from({ length: 50 }, (_, i) => `https://emoji.example.com/${i}.gif`),
    me: { face: 'https://face.example.com/me/0' }
  },
  onLoad() {
    main.open('t')
    api.get('/friends')
    api.ask('https://emoji.example.com', { onChunk: () => {} })
  },
  image() {
    wx.getImageInfo({ src: this.data.path })
  }
})
