import type { Signs } from './classify-failure.js';

/** What the failure of an upload, of a download and of reading a file is known by beside what all are (discoveries/failures.md). */
export const FILE_SIGNS: Signs = [
  ['too-large', /^#(?:603301|1300202)$|max file size|file storage limit/i],
  ['decode', /^#603302$|file data is empty/i],
  ['aborted', /^#603105$/],
  [
    'invalid-argument',
    /^#(?:60310[34]|603303|1300002|1300021|1301000)$|file (?:doesn't exist|not found|already exists|name too long)|getParentFile failed|no such file|a directory|directory not empty|permission denied(?:,| can)|not permitted/i,
  ],
];
