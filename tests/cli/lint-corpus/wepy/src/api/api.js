import { wxRequest } from '../utils/wxRequest'

const apiHost = 'https://wepy-api.example.com/apiv2'

const books = (params) => wxRequest(params, apiHost + '/books')
const book = (params) => wxRequest(params, `${apiHost}/book/${params.id}`)

module.exports = { books, book }
