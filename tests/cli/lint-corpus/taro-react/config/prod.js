module.exports = { env: { NODE_ENV: '"production"' } }
