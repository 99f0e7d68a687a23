/**
 * Addresses of the demo server.
 * See https://developers.example.org/miniprogram/dev/
 */
var host = 'demo.example.com'

var config = {

  // All others are made of it
  host,

  loginUrl: `https://${host}/login`,
  requestUrl: `https://${host}/testRequest`,
  openIdUrl: `https://${host}/openid`,
  tunnelUrl: `wss://${host}/tunnel`,
  uploadFileUrl: `https://${host}/upload`,
  downloadExampleUrl: 'https://files.example.com/weapp.jpg'
}

module.exports = config
