class Base {
  host = ''
  load() {
    return wx.request({ url: this.host + this.path() })
  }
  path() {
    return '/x'
  }
}
export class Loader extends Base {
  constructor() {
    super()
    this.host = 'https://deep-five.example.com'
  }
}
