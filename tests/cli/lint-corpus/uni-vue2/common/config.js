let baseUrl = ''
if (process.env.NODE_ENV === 'development') {
  baseUrl = 'http://localhost:8080'
} else {
  baseUrl = 'https://mall.example.com'
}

export default {
  baseUrl,
  socketUrl: 'wss://im.example.com/ws'
}
