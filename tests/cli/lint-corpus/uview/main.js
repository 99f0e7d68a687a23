import Vue from 'vue'
import uView from 'uview-ui'
import App from './App.vue'
import interceptor from './common/http.interceptor.js'

Vue.use(uView)
const app = new Vue({ ...App })
Vue.use(interceptor, app)
app.$mount()
