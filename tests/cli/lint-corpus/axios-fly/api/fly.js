const Fly = require('flyio/dist/npm/wx')
const fly = new Fly()

fly.config.baseURL = 'https://fly.example.com'
fly.interceptors.response.use((response) => response.data)

module.exports = {
  user: () => fly.get('/user'),
  absolute: (id) => fly.request(`https://fly-abs.example.com/${id}`, null, { method: 'get' })
}
