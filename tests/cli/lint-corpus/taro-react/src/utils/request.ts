import Taro from '@tarojs/taro'

const base = process.env.TARO_APP_API

const interceptor = (chain: Taro.Chain) => chain.proceed(chain.requestParams)
Taro.addInterceptor(interceptor)

interface Params {
  url: string
  data?: object
  method?: keyof Taro.request.Method
}

export default async function request<T>({ url, data, method = 'GET' }: Params): Promise<T> {
  const target = url.startsWith('http') ? url : `${base}${url}`
  const res = await Taro.request<T>({ url: target, data, method, header: { 'X-Admin': process.env.TARO_APP_ADMIN } })
  if (res.statusCode >= 400) throw new Error(`see ${'https://taro-docs.example.org/errors'}`)
  return res.data
}
