import { $http } from '@escook/request-miniprogram'

wx.$http = $http
$http.baseUrl = 'https://dollar.example.com'
$http.beforeRequest = function () {
  wx.showLoading({ title: 'https://axios-doc.example.org' })
}
