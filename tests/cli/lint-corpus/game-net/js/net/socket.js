export default class Net {
  constructor(url) { this._url = url; this._handlers = {}; }
  open() {
    const self = this;
    const task = wx.connectSocket({ url: self._url, tcpNoDelay: true });
    task.onMessage((m) => self._handlers[m.type] && self._handlers[m.type](m));
    return task;
  }
}
