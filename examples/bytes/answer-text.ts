/** What the language model says. */
export const ANSWER_TEXT =
  '小程序收到的不是文字，而是一块一块的字节。' +
  '一个汉字有三个字节，可能前一块里有一个，后一块里有两个；一个事件也可能断在任何地方。' +
  'decodeText 把字拼回来，parseServerSentEvents 把事件拼回来。' +
  '连接断了也不要紧：带上 Last-Event-ID，从断开的地方接着说，一个字不多，一个字不少。';

const CHARACTERS_AN_EVENT = 4;

/** The same in the pieces in which it is said, a few dozen. */
export const ANSWER_PIECES: readonly string[] = Array.from(
  { length: Math.ceil(ANSWER_TEXT.length / CHARACTERS_AN_EVENT) },
  (_, index) => ANSWER_TEXT.slice(index * CHARACTERS_AN_EVENT, (index + 1) * CHARACTERS_AN_EVENT),
);
