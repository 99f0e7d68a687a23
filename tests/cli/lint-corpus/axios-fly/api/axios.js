import axios from 'axios'
import adapter from 'axios-miniprogram-adapter'

// https://axios-doc.example.org
axios.defaults.adapter = adapter
axios.defaults.baseURL = 'https://legacy.example.com'

const service = axios.create({
  baseURL: 'https://axios.example.com/api',
  timeout: 5000
})
service.interceptors.request.use((config) => {
  config.headers['X-Referer'] = 'https://axios-doc.example.org/referer'
  return config
})

export default service
export const once = () => axios.get('https://axios-two.example.com/once')
export const many = () => service({ url: '/many', method: 'post' })
