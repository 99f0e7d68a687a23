/** What `rx-miniprogram/charsets` exports: a decoder a charset. */
import type { CharsetDecoder } from '../platform/charset.js';
import { big5 } from './big5.js';
import { eucJp } from './euc-jp.js';
import { eucKr } from './euc-kr.js';
import { gb18030 } from './gb18030.js';
import { shiftJis } from './shift-jis.js';
import { utf16 } from './utf-16.js';
import { windows1252 } from './windows-1252.js';

export { big5, eucJp, eucKr, gb18030, shiftJis, utf16, windows1252 };

/** All of them, for `decoders`. */
export const allCharsets: readonly CharsetDecoder[] = [gb18030, big5, shiftJis, eucJp, eucKr, utf16, windows1252];
