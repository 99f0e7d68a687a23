import Request from 'luch-request'

const http = new Request()

http.setConfig((config) => {
  config.baseURL = import.meta.env.VITE_API_BASE
  config.timeout = 10_000
  return config
})

http.interceptors.response.use((response) => response.data)

export default http
