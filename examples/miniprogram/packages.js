const { requireOk } = require('rx-miniprogram');
const { map } = require('rx-miniprogram/rxjs');
const { http$ } = require('./network');

/**
 * @typedef {{ readonly name: string; readonly version: string; readonly description: string }} Package
 * @typedef {{ readonly objects: readonly { readonly package: { name: string; version: string; description?: string } }[] }} Found
 */

/**
 * Looks for packages.
 *
 * @param {string} text
 * @param {import('rx-miniprogram').HttpCallOptions} [options]
 * @returns {import('rx-miniprogram/rxjs').Observable<Package[]>}
 */
function searchPackages(text, options) {
  return /** @type {import('rx-miniprogram/rxjs').Observable<import('rx-miniprogram').HttpResponse<Found>>} */ (
    http$.get('/-/v1/search', { ...options, data: { text, size: 20 } })
  ).pipe(
    // Without it a 404 is an answer like any other.
    requireOk(),
    map(({ body }) =>
      body.objects.map(({ package: { name, version, description = '' } }) => ({ name, version, description })),
    ),
  );
}

module.exports = { searchPackages };
