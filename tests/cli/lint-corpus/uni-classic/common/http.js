import baseUrl from './config';
export default {
  request(options = {}) {
    options.url = baseUrl + options.url;
    return new Promise((resolve, reject) => {
      uni.request(Object.assign({}, options, { success: resolve, fail: reject }));
    });
  },
  get(url, data) { return this.request({ url, data, method: 'GET' }); },
  uploadFile(filePath) { return uni.uploadFile({ url: baseUrl + 'upload', filePath, name: 'file' }); },
};
