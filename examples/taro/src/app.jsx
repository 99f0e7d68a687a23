import { useDidHide } from '@tarojs/taro';

export default function App({ children }) {
  useDidHide(() => console.log('hidden'));
  return children;
}
