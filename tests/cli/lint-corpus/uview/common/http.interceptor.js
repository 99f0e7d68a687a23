// https://uview-doc.example.org/js/http.html
const install = (Vue, vm) => {
  Vue.prototype.$u.http.setConfig({
    baseUrl: 'https://uview.example.com',
    loadingText: '努力加载中~',
    originalData: true
  })
  Vue.prototype.$u.http.interceptor.request = (config) => config
  vm.$u.api = {
    home: (params) => vm.$u.get('/home', params),
    two: () => vm.$u.post('https://uview-two.example.com/two')
  }
}

export default { install }
