App({ globalData: { author: { site: 'https://friend.example.net', pay: 'https://pay-code.example.com/wx' } } })
