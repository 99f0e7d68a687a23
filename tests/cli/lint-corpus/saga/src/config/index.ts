namespace Hosts { export const main = 'https://sg-main.example.com'; export const pay = 'https://sg-pay.example.com'; }
const config = { ...{ host: Hosts.main }, upload: { host: 'https://sg-upload.example.com', path: '/put' } } satisfies object;
export default config;
export { Hosts };
