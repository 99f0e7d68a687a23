import config from './config';
import Net from './net/socket';
import { ajax } from './net/ajax';
import { loadAll, loadImage } from './loader';
export default class Main {
  constructor() {
    this.net = new Net(config.gateway);
    this.net.open();
    loadAll(['a.bin', 'b.bin']);
    loadImage('https://game-image.example.com/hero.png');
    loadImage(config.logo);
    ajax({ url: config.rank + '/top', success: (list) => this.show(list) });
    ajax({ type: 'POST', url: 'https://game-score.example.com/save', data: '1', success() {} });
    const audio = wx.createInnerAudioContext();
    audio.src = 'https://game-audio.example.com/bgm.mp3';
    this.ws = new WebSocket('wss://game-room.example.com/1');
    fetch('https://game-fetch.example.com/notice').then((r) => r.json());
    wx.shareAppMessage({ title: 'x', imageUrl: 'https://game-share.example.com/a.png' });
    if (window.cc) cc.assetManager.loadRemote('https://game-remote.example.com/skin.png', { ext: '.png' }, () => {});
    if (window.cc) cc.assetManager.loadBundle('https://game-bundle.example.com/level1', () => {});
    if (window.cc) cc.loader.load({ url: 'https://game-cc.example.com/a.png', type: 'png' }, () => {});
    if (window.Laya) Laya.loader.load([{ url: 'https://game-laya.example.com/a.atlas', type: 'atlas' }]);
  }
  show(list) { this.list = list; }
}
