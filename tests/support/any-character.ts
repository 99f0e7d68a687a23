import fc from 'fast-check';

/**
 * Any character of Unicode, as the unit of a string; fast-check's own, 'binary', makes a table of all of them first, which
 * takes seconds.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));
