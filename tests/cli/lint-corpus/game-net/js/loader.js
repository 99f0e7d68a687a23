import config from './config';
export function loadAll(names) {
  return Promise.all(names.map((name) => new Promise((resolve, reject) => {
    wx.downloadFile({ url: `${config.CDN}/res/${name}`, success: ({ tempFilePath }) => resolve(tempFilePath), fail: reject });
  })));
}
export const loadImage = (src) => { const image = wx.createImage(); image.src = src; return image; };
