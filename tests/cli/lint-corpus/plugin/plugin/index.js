var api = require('./api.js')

module.exports = {
  getData: api.getData,
  setData: api.setData,
  version: '1.0',
  home: 'https://plugin-doc.example.org'
}
