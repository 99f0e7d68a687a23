const PROD = true
export const hosts = {
  api: PROD ? 'https://mpx-api.example.com' : 'http://127.0.0.1:9000',
  geo: 'https://mpx-geo.example.com',
  img: 'https://mpx-img.example.com'
}
