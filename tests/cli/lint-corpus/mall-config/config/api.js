const root = 'https://mall-api.example.com/wx/';
// const root = 'http://192.168.1.3:8080/wx/';
const search = 'https://mall-search.example.com';

module.exports = {
  HomeIndex: root + 'home/index',
  GoodsDetail: root + 'goods/detail',
  Upload: 'https://mall-upload.example.com/' + 'storage/create',
  Search: `${search}/query`,
  Invoice: 'https://mall-invoice.example.com/pdf/',
  Service: 'wss://mall-chat.example.com/service',
  HelpPage: 'https://mall-help.example.com/index.html',
};
