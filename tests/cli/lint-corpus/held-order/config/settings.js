export const isDev = false
const hosts = {
  test: { api: 'http://ho-test.example.com:8080', user: 'https://ho-user.example.com' },
  prod: { api: 'https://ho-api.example.com', user: 'https://ho-user.example.com' }
}
export const server = isDev ? hosts.test : hosts.prod
export const wsBase = 'wss://ho-kitchen.example.com' + '/orders'
export const imageHost = `https://ho-dish.example.com`
