module.exports = { env: { NODE_ENV: '"development"' } }
