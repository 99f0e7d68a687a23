// With the official typings: the global `wx` fits.
import { createNetwork, networkStatus$, request$, type Network, type WxPort } from 'rx-miniprogram';
import { createSimulator } from 'rx-miniprogram/simulator';

type IsAny<T> = 0 extends 1 & T ? true : false;
type Not<T extends false> = T;
export type NoneIsAny = [
  Not<IsAny<typeof wx>>,
  Not<IsAny<typeof wx.request>>,
  Not<IsAny<WechatMiniprogram.Wx['request']>>,
];

export const port: WxPort = wx;
export const network: Network = createNetwork({ wx });
export const status$ = networkStatus$({ wx });
export const answer$ = request$({ url: 'https://api.example.com' }, { wx });
export const request: WechatMiniprogram.Wx['request'] = createSimulator().wx.request;
