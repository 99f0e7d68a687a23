const env = __wxConfig.envVersion
let host = ''
let socket = ''

switch (env) {
  case 'develop':
    host = 'https://switch-dev.example.com'
    socket = 'ws://192.168.0.9:3000'
    break
  case 'trial':
    host = 'https://staging.example.com'
    socket = 'wss://switch.example.com'
    break
  default:
    host = 'https://switch.example.com'
    socket = 'wss://switch.example.com'
}

// const host = 'https://commented-host.example.com'
const old = 'https://unused-old.example.com'

module.exports = { host, socket, debug: false }
