const { requireOk } = require('rx-miniprogram');
const { map, tap } = require('rx-miniprogram/rxjs');
const { http$, queries } = require('./network');

/**
 * @typedef {{ readonly name: string; readonly version: string; readonly description: string; readonly isLiked: boolean }} Package
 * @typedef {{ readonly package: { name: string; version: string; description?: string }; readonly isLiked?: boolean }} FoundPackage
 * @typedef {{ readonly objects: readonly FoundPackage[] }} Found
 */

const LIST = { url: '/-/v1/search', data: { text: 'keywords:miniprogram', size: 20 } };
const OPTIONS = { freshMs: 60_000, tags: ['packages'], persist: true };

/**
 * The list of the first page: there at once, from memory or from the device, and asked for again where it is not fresh.
 *
 * @type {import('rx-miniprogram/rxjs').Observable<{ items: Package[]; problem: unknown }>}
 */
const packages$ = /** @type {typeof queries.watch$<Found>} */ (queries.watch$)(LIST, OPTIONS).pipe(
  map(({ value, problem }) => ({ items: packagesOf(value), problem })),
);

/** Asks for the list again. Completes when the answer is there, also where it is the same and nobody is shown anything. */
function refreshPackages() {
  queries.invalidate('packages');
  return queries.prefetch(LIST, OPTIONS);
}

/**
 * Likes a package: shown at once, and taken back if the server does not take it. The npm registry takes no likes, so here it
 * is taken back; your own server takes them.
 *
 * @param {string} name
 * @returns {import('rx-miniprogram/rxjs').Observable<unknown>}
 */
function likePackage(name) {
  const { undo } = queries.change(LIST, (/** @type {Found} */ found) => ({
    ...found,
    objects: found.objects.map((one) => (one.package.name === name ? { ...one, isLiked: true } : one)),
  }));
  return http$
    .post(`/-/likes/${encodeURIComponent(name)}`, {})
    .pipe(requireOk(), tap({ error: undo, complete: () => queries.invalidate('packages') }));
}

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
    map(({ body }) => packagesOf(body)),
  );
}

/**
 * @param {Found} found
 * @returns {Package[]}
 */
function packagesOf({ objects }) {
  return objects.map(({ package: { name, version, description = '' }, isLiked = false }) => ({
    name,
    version,
    description,
    isLiked,
  }));
}

module.exports = { likePackage, packages$, refreshPackages, searchPackages };
