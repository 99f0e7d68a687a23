import mpx from '@mpxjs/core'
import { hosts } from './hosts'

const { api, geo: GEO } = hosts

export function fetchList(params) {
  return mpx.xfetch.fetch({ url: `${api}/list`, method: 'GET', params })
}

export const locate = () => mpx.xfetch.fetch({ url: GEO + '/locate', emulateJSON: true })

export const log = (event) => mpx.request({ url: 'https://mpx-log.example.com/collect', data: { event } })
