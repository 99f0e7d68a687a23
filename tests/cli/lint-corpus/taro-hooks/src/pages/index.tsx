import Taro, { useLoad, useShareAppMessage } from '@tarojs/taro';
import { Image, View, WebView, Text } from '@tarojs/components';
import http, { ping, send } from '../service/request';
import { useRequest } from '../hooks/use-request';
const HELP = 'https://taro-help.example.com';
export default function Index() {
  const { data } = useRequest<string[]>('https://taro-hook.example.com/list');
  useLoad(async () => {
    await http.get('/list');
    await http.post('/pay', {}, 'https://taro-pay.example.com');
    await http.get('https://taro-full.example.com/x');
    await ping();
    Taro.connectSocket({ url: process.env.IM_HOST + '/room' }).then((task) => task.onOpen(() => {}));
    Taro.getImageInfo({ src: 'https://taro-canvas.example.com/qr.png' });
  });
  useShareAppMessage(() => ({ title: 'x', imageUrl: 'https://taro-share.example.com/x.png' }));
  return (
    <View onClick={() => send('a')}>
      <Image src="https://taro-image.example.com/a.png" />
      <Image src={`https://taro-image2.example.com/${data?.[0]}.png`} />
      <Text onClick={() => Taro.setClipboardData({ data: HELP })}>help</Text>
      <WebView src="https://taro-web.example.com" />
    </View>
  );
}
