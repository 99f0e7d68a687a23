import axios from 'axios';
import mpAdapter from 'axios-miniprogram-adapter';
axios.defaults.adapter = mpAdapter;
axios.defaults.baseURL = 'https://ax-default.example.com';

export const main = axios.create({ baseURL: 'https://ax-main.example.com/api', timeout: 5000 });
const optionsOf = (name) => ({ baseURL: `https://ax-${name}.example.com`, headers: {} });
export const pay = axios.create(optionsOf('pay'));
const config = { baseURL: 'https://ax-object.example.com' };
export const object = axios.create(config);
main.interceptors.request.use((config) => ({ ...config, headers: { token: '1' } }));
main.interceptors.response.use((response) => response.data, (error) => {
  if (error.response.status === 401) return main.post('/refresh');
  return Promise.reject(error);
});
export default function request(options) { return main(options); }
