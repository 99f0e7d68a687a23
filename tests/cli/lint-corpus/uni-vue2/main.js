import Vue from 'vue'
import App from './App'
import http from './common/http'
import config from './common/config'

Vue.config.productionTip = false
Vue.prototype.$http = http
Vue.prototype.$socketUrl = config.socketUrl
Vue.prototype.$cdn = 'https://banner.example.com'

App.mpType = 'app'
new Vue({ ...App }).$mount()
