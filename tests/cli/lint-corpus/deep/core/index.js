export * from './client'
export { send as default } from './send'
