const { ccclass, property } = cc._decorator;

@ccclass
export default class Net extends cc.Component {
  @property private url: string = 'wss://cocos-ws.example.com';
  private static readonly API = 'https://cocos-api.example.com/';
  private socket: WebSocket | null = null;

  start() {
    // see https://cocos-forum.example.org/t/1
    this.socket = new WebSocket(this.url);
    this.post('login', {});
  }

  post(path: string, body: object) {
    const xhr = cc.loader.getXMLHttpRequest();
    xhr.open('POST', Net.API + path);
    xhr.send(JSON.stringify(body));
  }
}
