export const LOGIN = 'https://login-game.example.com'
export const RES = 'https://res.example.com/v3/'
export const BATTLE = { host: 'battle.example.com', port: 9443, secure: true }
