const { ccclass } = cc._decorator;
const HEADS = 'https://cocos-head.example.com/';

@ccclass
export default class Head extends cc.Component {
  show(id: number) {
    cc.assetManager.loadRemote(HEADS + id + '.png', (err, texture) => this.use(texture));
    cc.loader.load({ url: 'https://cocos-res.example.com/frame?id=1', type: 'png' }, (err, texture) => this.use(texture));
  }

  share() {
    wx.shareAppMessage({ title: 'x', imageUrl: 'https://cocos-share.example.com/a' });
  }

  use(texture: cc.Texture2D) {}
}
