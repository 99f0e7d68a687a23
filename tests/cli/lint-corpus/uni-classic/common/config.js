let url_config = '';
if (process.env.NODE_ENV === 'development') {
  url_config = 'https://classic-dev.example.com/';
} else {
  url_config = 'https://classic-prod.example.com/';
}
export default url_config;
