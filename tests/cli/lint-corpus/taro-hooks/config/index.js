module.exports = {
  projectName: 'a',
  defineConstants: { API_HOST: '"https://taro-define.example.com"', CDN: JSON.stringify('https://taro-cdn.example.com') },
  env: { NODE_ENV: '"production"', IM_HOST: '"wss://taro-im.example.com"' },
  mini: { postcss: { url: { enable: true, config: { limit: 1024 } } } },
};
