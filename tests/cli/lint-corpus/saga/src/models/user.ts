import Taro from '@tarojs/taro';
import config, { Hosts } from '../config';
import { client, RequestBuilder } from '../services/builder';
import { call, put } from 'redux-saga/effects';
const fetchUser = (id: string) => Taro.request({ url: `${config.host}/user/${id}` });
const prepay = async (order: { id: string }) => { const { data } = await Taro.request({ url: Hosts.pay + '/prepay', data: order }); return data; };
const remote = (url: string) => Taro.request({ url });
export default {
  namespace: 'user',
  state: { avatar: 'https://sg-avatar.example.com/a.png' },
  effects: {
    *load({ payload }: any): any {
      const user = yield call(fetchUser, payload.id);
      yield put({ type: 'save', payload: user });
      yield call(prepay, { id: '1' });
      yield call(remote, 'https://sg-call.example.com/x');
      yield Taro.uploadFile({ url: config.upload.host + config.upload.path, filePath: 'a', name: 'f' });
      yield RequestBuilder.of('https://sg-builder.example.com/a').method('GET').send();
      yield client({ url: '/mid' });
      const socket = yield Taro.connectSocket({ url: ['wss:', '', 'sg-ws.example.com'].join('/') });
      socket.send({ data: 'https://sg-data.example.com' });
    },
  },
};
