const { isNetworkError } = require('rx-miniprogram');

/**
 * What to tell the user. What is no error of the network is a mistake of ours, and not to be hidden.
 *
 * @param {unknown} error
 * @returns {string}
 */
function explain(error) {
  if (isNetworkError(error, 'offline')) return '没有网络';
  if (isNetworkError(error, 'timeout')) return '太久没有回应';
  if (isNetworkError(error)) return error.message;
  throw error;
}

module.exports = { explain };
