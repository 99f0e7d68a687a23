export const pify = (api) => (options, ...params) =>
  new Promise((resolve, reject) => {
    const extras = { success: resolve, fail: reject }
    api({ ...options, ...extras }, ...params)
  })
