interface Callbacks {
  readonly success?: (result: object) => void;
  readonly fail?: (result: object) => void;
  readonly complete?: (result: object) => void;
}

/**
 * What nearly every app calls and the simulator, which is about the network, may not have: storage in memory, and
 * messages to a user who is not there.
 */
export function standIns(): object {
  const stored = new Map<string, unknown>();
  const done = (api: string, callbacks: Callbacks = {}, more: object = {}) => {
    const result = { ...more, errMsg: `${api}:ok` };
    queueMicrotask(() => {
      callbacks.success?.(result);
      callbacks.complete?.(result);
    });
  };
  const silent = (api: string) => (callbacks?: Callbacks) => done(api, callbacks);

  return {
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    removeStorageSync: (key: string) => void stored.delete(key),
    clearStorageSync: () => stored.clear(),
    setStorage: (option: Callbacks & { readonly key: string; readonly data: unknown }) => {
      stored.set(option.key, option.data);
      done('setStorage', option);
    },
    getStorage: (option: Callbacks & { readonly key: string }) => {
      if (stored.has(option.key)) {
        done('getStorage', option, { data: stored.get(option.key) });
        return;
      }
      const result = { errMsg: 'getStorage:fail data not found' };
      queueMicrotask(() => {
        option.fail?.(result);
        option.complete?.(result);
      });
    },
    showToast: silent('showToast'),
    hideToast: silent('hideToast'),
    showLoading: silent('showLoading'),
    hideLoading: silent('hideLoading'),
    showModal: (option?: Callbacks) => done('showModal', option, { confirm: true, cancel: false }),
    stopPullDownRefresh: silent('stopPullDownRefresh'),
    setNavigationBarTitle: silent('setNavigationBarTitle'),
    // A code that no server will take: there is no WeChat here.
    login: (option?: Callbacks) => done('login', option, { code: 'rx-miniprogram' }),
  };
}
