/**
 * Blog for mini programs
 * @see https://code.example.org/blog
 * @license https://license.example.org
 */
var domain = 'blog.example.com'
var pageCount = 10
var HOST_URI = 'https://' + domain + '/wp-json/wp/v2/'

module.exports = {
  getDomain: domain,
  getPosts: function (obj) {
    var url = HOST_URI + 'posts?per_page=' + pageCount + '&orderby=date&order=desc&page=' + obj.page
    if (obj.categories) url += '&categories=' + obj.categories
    return url
  },
  getComments: function (id) {
    return HOST_URI + 'comments?post=' + id
  }
}
