import Fly from 'flyio/dist/npm/wx';
const fly = new Fly();
fly.config.baseURL = 'https://fly-base.example.com';
fly.config.timeout = 5000;
fly.interceptors.request.use((request) => { request.headers.token = '1'; return request; });
const other = new Fly();
other.config = { ...other.config, baseURL: 'https://fly-other.example.com' };
export { fly, other };
