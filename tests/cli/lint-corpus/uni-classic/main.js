import Vue from 'vue';
import App from './App';
import http from './common/http';
import store from './store';
Vue.prototype.$http = http;
Vue.prototype.$host = 'https://classic-host.example.com';
Vue.prototype.$store = store;
uni.$api = { order: 'https://classic-order.example.com' };
new Vue({ ...App }).$mount();
