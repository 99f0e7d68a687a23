import { useCallback, useEffect, useState } from 'react';
import Taro from '@tarojs/taro';
export function useRequest<T>(url: string, { manual = false } = {}) {
  const [data, setData] = useState<T>();
  const run = useCallback(async () => { const r = await Taro.request<T>({ url }); setData(r.data); }, [url]);
  useEffect(() => { if (!manual) void run(); }, [manual, run]);
  return { data, run };
}
