import { json, type ReceivedRequest, type Reply } from '../../../src/testing/index.js';

/** A server that does once what it gets twice under one key, as one must that an outbox sends to. */
export function countingServer() {
  /** The names of what was done, in this order: once a key. */
  const effects: string[] = [];
  const known = new Set<string>();
  let requests = 0;

  return {
    effects,
    get requests() {
      return requests;
    },
    /** Does it, and answers. */
    answer: (request: ReceivedRequest): Reply => {
      requests++;
      const key = request.header['Idempotency-Key'] ?? request.header['idempotency-key'] ?? '';
      if (!known.has(key)) effects.push(nameIn(request));
      known.add(key);
      return json({ done: nameIn(request) });
    },
  };
}

function nameIn({ text }: ReceivedRequest): string {
  return /"like":"([^"]+)"/.exec(text)?.[1] ?? /name="like"\r\n\r\n([^\r]+)/.exec(text)?.[1] ?? text;
}
