// The least of a browser
GameGlobal.window = GameGlobal
window.location = { href: 'game.js' }
