import { BATTLE } from './consts'

let instance

export default class Net {
  static getInstance() {
    if (!instance) instance = new Net()
    return instance
  }
  connect() {
    this.ws = new WebSocket(`wss://${BATTLE.host}:${BATTLE.port}/play`)
    this.ws.onmessage = (e) => this.onMessage(e)
  }
  chat() {
    const task = wx.connectSocket({ url: 'wss://chat-game.example.com', protocols: ['v1'] })
    task.onOpen(() => task.send({ data: 'hi' }))
  }
  onMessage() {}
}
