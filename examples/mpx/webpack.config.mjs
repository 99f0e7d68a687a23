import { join } from 'node:path';
import MpxWebpackPlugin from '@mpxjs/webpack-plugin';

export default {
  mode: 'production',
  context: import.meta.dirname,
  entry: { app: './src/app.mpx' },
  output: { path: join(import.meta.dirname, 'dist'), publicPath: '/' },
  resolve: { extensions: ['.mpx', '.js'] },
  module: {
    rules: [
      { test: /\.mpx$/, use: MpxWebpackPlugin.loader({}) },
      { test: /\.json$/, resourceQuery: /asScript/, type: 'javascript/auto' },
      { test: /\.wxml$/, use: MpxWebpackPlugin.wxmlLoader() },
      { test: /\.wxss$/, use: MpxWebpackPlugin.wxssLoader({}) },
    ],
  },
  plugins: [new MpxWebpackPlugin({ mode: 'wx', srcMode: 'wx', generateBuildMap: false })],
};
