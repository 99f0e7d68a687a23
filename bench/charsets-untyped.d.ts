// What the bench takes of packages that have no types.
declare module 'iconv-lite/encodings/dbcs-codec.js' {
  interface Decoder {
    write(bytes: Uint8Array): string;
    end(): string | undefined;
  }
  interface Codec {
    readonly decoder: new (options: object, codec: Codec) => Decoder;
  }
  interface Defaults {
    readonly defaultCharUnicode: string;
    readonly defaultCharSingleByte: string;
  }
  const codecs: { readonly _dbcs: new (options: object, defaults: Defaults) => Codec };
  export = codecs;
}
declare module 'iconv-lite/encodings/dbcs-data.js' {
  const encodings: { readonly [name: string]: object | undefined };
  export = encodings;
}
declare module 'text-encoding-gbk' {
  const polyfill: { readonly TextDecoder: typeof TextDecoder };
  export = polyfill;
}
