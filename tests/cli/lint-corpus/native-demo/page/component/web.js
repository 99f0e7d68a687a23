Page({
  onShareAppMessage() {
    return { title: 'web', path: 'page/component/web', imageUrl: 'https://img.example.com/share.png' }
  }
})
