// docs: https://taro-docs.example.org/config
const config = {
  projectName: 'demo',
  sourceRoot: 'src',
  outputRoot: 'dist',
  defineConstants: {
    OSS_HOST: '"https://oss.example.com"',
    WEATHER: JSON.stringify('https://weather.example.net/v7')
  },
  env: { GEO_HOST: '"https://geo.example.org"' },
  h5: { publicPath: '/', devServer: { proxy: { '/api': { target: 'https://admin.example.com' } } } }
}

module.exports = function (merge) {
  if (process.env.NODE_ENV === 'development') return merge({}, config, require('./dev'))
  return merge({}, config, require('./prod'))
}
