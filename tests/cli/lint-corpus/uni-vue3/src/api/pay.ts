import Request from 'luch-request'

const pay = new Request({ baseURL: 'https://pay.example.net', timeout: 20_000 })

export const order = (id: number) => pay.post('/orders', { id })
