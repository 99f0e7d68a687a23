import { WORDS, type RefusalWords } from './refusal-words.js';

/** The words for every refusal: those for the peers of TCP and UDP sockets, too, which no URL needs (TCP-1, UDP-1). */
export const ALL_WORDS: RefusalWords = {
  ...WORDS,
  broadcast: ['{seen} means everybody on the subnet', 'TCP connects to one of them, UDP reaches all'],
  'forbidden-port': [
    'the platform connects no TCP socket to port {seen}',
    'let your server listen on another, such as 9000',
  ],
};
