import { useRef, useState } from 'react';
import Taro, { useLoad, useUnload } from '@tarojs/taro';
import { View } from '@tarojs/components';

export default function Detail() {
  const [text, setText] = useState('');
  const opening = useRef();

  useLoad(({ id }) => {
    opening.current = Taro.connectSocket({ url: `wss://api.example.com/live?id=${id}` });
    opening.current.then((task) => task.onMessage(({ data }) => setText(data)));
  });
  useUnload(() => {
    opening.current.then((task) => task.close({}));
  });

  return <View>{text}</View>;
}
