// A plain import of JSON is what every bundler inlines, and what tsc refuses in an ES module, as Node does: it wants an
// import attribute, which it refuses in CommonJS in turn. Declared by name, it looks no further.
declare module 'iconv-lite/encodings/tables/cp936.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/gbk-added.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/gb18030-ranges.json' {
  const ranges: { readonly uChars: readonly number[]; readonly gbChars: readonly number[] };
  export = ranges;
}
declare module 'iconv-lite/encodings/tables/cp950.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/big5-added.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/shiftjis.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/eucjp.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
declare module 'iconv-lite/encodings/tables/cp949.json' {
  const chunks: readonly (readonly (string | number)[])[];
  export = chunks;
}
