import Http from './net/http'
import Net from './net/socket'
import { LOGIN } from './net/consts'
import { loadAll } from './loader'

const ctx = canvas.getContext('2d')

export default class Main {
  constructor() {
    this.voice = 'https://voice.example.com/start'
    wx.login({ success: ({ code }) => Http.send(LOGIN + '/code', { code }, () => this.start()) })
    wx.onShareAppMessage(() => ({ title: 'x', imageUrl: 'https://share-game.example.com/1' }))
    loadAll(() => {})
  }
  start() {
    Net.getInstance().connect()
    Http.send('https://rank.example.com/top', {}, (list) => this.draw(list))
    const audio = new Audio()
    audio.src = this.voice
    const image = wx.createImage()
    image.src = 'https://share-game.example.com/logo'
    wx.navigateToMiniProgram({ appId: 'wx1', path: 'p?u=https://ad.example.org' })
    fetch('https://stat.example.net/open')
  }
  draw() {
    ctx.clearRect(0, 0, 1, 1)
  }
}
