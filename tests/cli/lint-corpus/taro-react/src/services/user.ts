import request from '@/utils/request'

export const login = (code: string) => request<{ token: string }>({ url: '/login', data: { code }, method: 'POST' })
export const weather = (city: string) => request({ url: `${WEATHER}/now?city=${city}` })
export const where = () => request({ url: process.env.GEO_HOST + '/reverse' })
