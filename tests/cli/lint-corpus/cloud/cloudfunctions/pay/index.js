const request = require('request')
exports.main = async () => request({ url: 'https://server-only.example.com' })
