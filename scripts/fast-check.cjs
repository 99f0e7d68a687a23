// fast-check with lists as long as their `maxLength`. Left to itself it makes them of some five steps, whatever they may have.
const fastCheck = require('../node_modules/fast-check/lib/cjs/fast-check.js');

fastCheck.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

module.exports = fastCheck;
