import Vue from 'vue';
import Vuex from 'vuex';
Vue.use(Vuex);
export default new Vuex.Store({
  state: { socketUrl: 'wss://classic-ws.example.com/chat', avatar: 'https://classic-face.example.com/a.png' },
  actions: {
    connect({ state }) { uni.connectSocket({ url: state.socketUrl }); },
    async config({ commit }) { const [, res] = await uni.request({ url: 'https://classic-vuex.example.com/config' }); commit('set', res.data); },
  },
});
