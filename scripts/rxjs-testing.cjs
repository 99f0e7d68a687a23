// `rxjs/testing` of the one file of rxjs that jest.config.js names.
module.exports = require('rxjs').testing;
