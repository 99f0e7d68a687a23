Page({
  data: {
    array: [
      { mode: 'scaleToFill', text: 'scaleToFill' },
      { mode: 'aspectFit', text: 'aspectFit' }
    ],
    src: 'https://img.example.com/cat/0.jpg',
    poster: 'http://snapshots.example.com/poster.jpg',
    video: 'https://video.example.com/2012/demo.mp4?token=1',
    audio: { src: 'https://music.example.net/ws.stream?guid=ffff', name: 'here' },
    markers: [{ id: 1, iconPath: 'https://tiles.example.com/marker' }],
    users: [
      { name: 'a', avatar: 'https://avatars.example.com/a/132' },
      { name: 'b', avatar: 'https://avatars.example.com/b/132' }
    ]
  },
  onReady() {
    this.audio = wx.createInnerAudioContext()
    this.audio.src = 'https://music.example.net/other'
    const back = wx.getBackgroundAudioManager()
    back.title = 'x'
    back.src = 'https://music.example.net/back'
    back.coverImgUrl = 'https://img.example.com/cover'
    wx.previewImage({ current: 'https://img.example.com/1', urls: ['https://img.example.com/1', 'https://img.example.com/2'] })
  },
  imageError(e) {
    console.log('image error', e.detail.errMsg)
  }
})
