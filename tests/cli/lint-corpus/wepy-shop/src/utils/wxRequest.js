import wepy from 'wepy';
const TIMESTAMP = Date.now();
export const wxRequest = async (params = {}, url) => {
  const data = params.query || {};
  data.sign = TIMESTAMP;
  let res = await wepy.request({ url: url, method: params.method || 'GET', data: data });
  return res;
};
