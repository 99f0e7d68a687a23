const CDN = 'https://game-cdn.example.com/v1';
export default { CDN, gateway: 'wss://game-gate.example.com/ws', rank: 'https://game-rank.example.com', logo: CDN + '/logo.png' };
