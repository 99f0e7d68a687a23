const domain = 'chat.example.com'
module.exports = {
  https: 'https://' + domain,
  media: ['https:/', 'media.example.com'].join('/'),
  live: { scheme: 'wss', host: 'live.example.com' }
}
