import * as constants from '@/constants';

export const fetcher = <T>(path: string, init: { readonly base?: string } = {}): Promise<T> =>
  new Promise((resolve) => {
    wx.request({
      url: [init.base ?? constants.BASE, path].join('/'),
      success: ({ data }) => resolve(data as T),
    });
  });

export namespace Member {
  export const list = () => fetcher('list', { base: constants.API.member });
}
