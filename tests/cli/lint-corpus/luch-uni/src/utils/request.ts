import Request, { type HttpRequestConfig } from 'luch-request';
const http = new Request();
http.setConfig((config: HttpRequestConfig) => {
  config.baseURL = import.meta.env.VITE_BASE_URL;
  config.timeout = 10_000;
  return config;
});
http.interceptors.request.use((config) => config);
export const second = new Request({ baseURL: 'https://luch-second.example.com' });
export { http };
