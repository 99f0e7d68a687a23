type Env = { api: string; cdn: string };

const development: Env = { api: 'https://tv-mock.example.com', cdn: 'https://tv-cdn.example.com' };
const production: Env = { api: 'https://tv-api.example.com', cdn: 'https://tv-cdn.example.com' };

export const env = process.env.NODE_ENV === 'production' ? production : development;
