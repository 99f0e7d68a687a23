import { request } from '../../request.js';

Page({
  data: { items: [] as { id: number; name: string }[], sentPercent: 0, answer: '' },
  onLoad() {
    request('/items', (data) => this.setData({ items: data as [] }));
  },
  upload() {
    const file = `${wx.env.USER_DATA_PATH}/note.txt`;
    wx.getFileSystemManager().writeFileSync(file, 'a note', 'utf8');
    const task = wx.uploadFile({ url: `${request.base}/files`, filePath: file, name: 'file' });
    task.onProgressUpdate(({ progress }) => this.setData({ sentPercent: progress }));
  },
  ask() {
    const task = wx.request({ url: `${request.base}/answer`, enableChunked: true });
    task.onChunkReceived(({ data }) => {
      this.setData({ answer: this.data.answer + String.fromCharCode(...new Uint8Array(data)) });
    });
  },
  open() {
    void wx.navigateTo({ url: '/pages/detail/detail?id=1' });
  },
});
