import { View, Image, Text } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { weather } from '../../services/user'

const BANNERS = ['https://pics.example.com/1', 'https://pics.example.com/2']

export default function Index() {
  const [now, setNow] = useState<string>()
  useEffect(() => {
    weather('深圳').then((it) => setNow(String(it)))
  }, [])
  return (
    <View>
      {BANNERS.map((src) => (
        <Image key={src} src={src} />
      ))}
      <Image src='https://pics.example.com/logo.png' />
      <View style={{ backgroundImage: 'url(https://pics.example.com/back.png)' }} />
      <Text>{now} https://taro-docs.example.org</Text>
    </View>
  )
}
