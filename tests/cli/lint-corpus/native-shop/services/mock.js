export const goods = [
  { id: 1, title: '苹果', price: 12, thumb: 'https://thumbs.example.com/apple', link: 'https://h5.example.com/apple' },
  { id: 2, title: '香蕉', price: 6, thumb: 'https://thumbs.example.com/banana', link: 'https://h5.example.com/banana' },
  { id: 3, title: '橙子', price: 9, thumb: 'https://thumbs.example.com/orange', link: 'https://h5.example.com/orange' }
]
export const swiper = ['https://static.example.com/home/1.png', 'https://static.example.com/home/2.png']
