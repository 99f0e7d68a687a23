/** What is said in the room, over and over. */
export const MING_SAYS = [
  '在吗？',
  '我到车站了',
  '外面下雨了',
  '没带伞',
  '路上有点堵',
  '还有两站',
  '快到了',
  '等我一下',
];
export const TEA_SAYS = ['在', '好的', '我去拿伞', '茶泡好了', '不着急', '慢慢来'];
