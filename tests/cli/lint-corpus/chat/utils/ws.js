const config = require('../config/index')

class Socket {
  constructor({ url, heartbeat = 30000 }) {
    this.url = url
    this.heartbeat = heartbeat
    this.queue = []
  }
  open(token) {
    this.task = wx.connectSocket({ url: this.url + '?token=' + token })
    this.timer = setInterval(() => this.send('ping'), this.heartbeat)
  }
  reopen() {
    this.open(wx.getStorageSync('token'))
  }
  send(data) {
    this.task.send({ data })
  }
}

const main = new Socket({ url: config.https.replace('https', 'wss') + '/im' })
const live = new Socket({ url: `${config.live.scheme}://${config.live.host}/room` })

module.exports = { main, live, Socket }
