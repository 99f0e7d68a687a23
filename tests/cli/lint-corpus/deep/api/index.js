import send, { createClient } from '../core'
import hosts from './hosts.json'
import { Loader } from './loader'

export const one = createClient('https://deep-one.example.com')
export const two = createClient(hosts.two.host, { prefix: '/v1' })

export const three = (id) => send({ url: `https://deep-three.example.com/${id}` })

const table = new Map([['four', 'https://deep-four.example.com']])
export const four = () => send({ url: 'https://deep-four.example.com' + '/x', data: { table, from: 'https://deep-shown.example.com' } })

export const five = () => new Loader().load()

function address(kind) {
  if (kind === 'a') return 'https://deep-six.example.com/a'
  return getHost() + '/b'
}
const getHost = () => 'https://deep-six.example.com'
export const six = () => send({ url: address('a') })
