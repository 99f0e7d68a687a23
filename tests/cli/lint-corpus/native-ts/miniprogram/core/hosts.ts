export enum Hosts {
  Gateway = 'https://gateway.example.com/v1',
  Auth = 'https://auth.example.com',
  Assets = 'https://assets.example.com',
}
