const bases = { user: 'https://fn-user.example.com', order: 'https://fn-order.example.com' };
const compose = (...fns) => (input) => fns.reduceRight((value, fn) => fn(value), input);
const call = (method, base, ...parts) => (data) => wx.request({ url: [base, ...parts].join('/'), method, data });
export const getUser = call('GET', bases.user, 'v1', 'user');
export const saveOrder = call('POST', bases.order, 'v2', 'order');

function send(method, url, data) {
  return new Promise((success, fail) => { wx.request({ method, url, data, success, fail }); });
}
export const get = send.bind(null, 'GET');
export const post = send.bind(null, 'POST');
export function retry(times, fn, ...args) {
  return fn(...args).catch((error) => (times > 0 ? retry(times - 1, fn, ...args) : Promise.reject(error)));
}
export function withLoading(fn) {
  return function () {
    wx.showLoading({ title: '' });
    return fn.apply(this, arguments).finally(() => wx.hideLoading());
  };
}
export const request = (...args) => send.apply(undefined, args);
