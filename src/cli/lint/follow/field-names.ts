/** Keys that everybody uses for everything: one by that name says nothing of another. */
const COMMON = new Set(
  (
    'url src path data value href link image img icon cover pic poster avatar ' +
    'name title text key id type content list item items result res query options ' +
    'params header headers method then catch default code success fail complete props children index ' +
    'length push pop map filter forEach slice join split concat replace keys values add ' +
    'has set clear call apply bind log error warn info test exec match toString ' +
    'trim indexOf includes setData on off emit open close resolve reject file files page ' +
    'pages target detail dataset currentTarget'
  ).split(' '),
);

/** Whether a name alone tells what is meant, in an app of one's own: `serverUrl`, `globalData`, `$http`. */
export function isTelling(name: string): boolean {
  return !COMMON.has(name);
}

const OF_TEXTS = new Set(
  (
    'replace replaceAll slice substring substr split join trim match matchAll indexOf lastIndexOf includes startsWith ' +
    'endsWith charAt charCodeAt toString toFixed toLowerCase toUpperCase padStart'
  ).split(' '),
);
const OF_LISTS_AND_PROMISES = new Set(
  (
    'then catch finally map filter forEach some every reduce push pop shift unshift splice sort reverse flat flatMap ' +
    'concat test exec setData log warn'
  ).split(' '),
);

/** Whether a method is one that texts have: who has one of one's own by that name hands it no address. */
export function isOfTexts(method: string): boolean {
  return OF_TEXTS.has(method);
}

/** Whether a method is one that texts, lists, promises, pages and the console have: none of them sends. */
export function neverSends(method: string): boolean {
  return OF_TEXTS.has(method) || OF_LISTS_AND_PROMISES.has(method);
}
