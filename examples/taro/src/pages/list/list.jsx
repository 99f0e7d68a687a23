import { useState } from 'react';
import Taro, { useLoad } from '@tarojs/taro';
import { Button, Text, View } from '@tarojs/components';

const BASE = 'https://api.example.com';

export default function List() {
  const [items, setItems] = useState([]);
  const [sentPercent, setSentPercent] = useState(0);
  const [answer, setAnswer] = useState('');

  useLoad(() => {
    Taro.request({ url: `${BASE}/items`, success: ({ data }) => setItems(data) });
  });

  const upload = () => {
    const file = `${Taro.env.USER_DATA_PATH}/note.txt`;
    Taro.getFileSystemManager().writeFileSync(file, 'a note', 'utf8');
    const task = Taro.uploadFile({ url: `${BASE}/files`, filePath: file, name: 'file' });
    task.progress(({ progress }) => setSentPercent(progress));
  };
  const ask = () => {
    const task = Taro.request({ url: `${BASE}/answer`, enableChunked: true });
    task.onChunkReceived(({ data }) => {
      setAnswer((before) => before + String.fromCharCode(...new Uint8Array(data)));
    });
  };

  return (
    <View>
      {items.map(({ id, name }) => (
        <View key={id}>{name}</View>
      ))}
      <Text>{sentPercent}</Text>
      <Text>{answer}</Text>
      <Button id="upload" onClick={upload} />
      <Button id="ask" onClick={ask} />
      <Button id="open" onClick={() => Taro.navigateTo({ url: '/pages/detail/detail?id=1' })} />
    </View>
  );
}
