import { get, post, retry, request, withLoading, getUser, saveOrder } from './lib/http';
const methods = ['get', 'post'];
const logged = withLoading((url) => get(url));
App({
  async onLaunch() {
    getUser({ id: 1 });
    saveOrder({});
    get('https://fn-bind.example.com/a');
    post('https://fn-post.example.com/a', { a: 1 });
    retry(3, get, 'https://fn-retry.example.com/b');
    request('GET', 'https://fn-apply.example.com/c');
    logged('https://fn-logged.example.com/d');
    const tasks = ['https://fn-one.example.com', 'https://fn-two.example.com'].map((host) => get(`${host}/x`));
    await Promise.all(tasks);
    for (const { url } of [{ url: 'https://fn-of.example.com/1' }]) get(url);
    Object.values({ a: 'https://fn-values.example.com/1' }).forEach((url) => get(url));
    [['GET', 'https://fn-pair.example.com']].forEach(([method, url]) => wx.request({ method, url }));
    send.call(null, 'https://fn-call.example.com');
  },
});
function send(url) { wx.request({ url }); }
