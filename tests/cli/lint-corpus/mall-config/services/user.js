const util = require('../utils/util.js');
const { Search } = require('../config/api');
function checkLogin() {
  return util.get('https://mall-auth.example.com/check');
}
exports.checkLogin = checkLogin;
exports.search = function search(keyword) {
  return util.request(Search + '?q=' + encodeURIComponent(keyword));
};
