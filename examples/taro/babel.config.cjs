module.exports = { presets: [['taro', { framework: 'react', compiler: 'webpack5' }]] };
