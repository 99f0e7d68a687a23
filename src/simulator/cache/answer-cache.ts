/** An answer that the device keeps. */
export interface CachedAnswer {
  readonly ruleId: string;
  readonly data: object;
  /** Milliseconds, by the simulator's clock. */
  readonly createdAt: number;
  readonly maxAgeMs: number;
}

/** What is kept, by cache id. It is the device's: it outlives an app, and takes nothing of its storage. */
export interface AnswerCache {
  /** What is there and not too old. */
  get(id: string, now: number): CachedAnswer | undefined;
  /** A copy: the app may write into what it was told. */
  set(id: string, answer: CachedAnswer): void;
  delete(id: string): void;
  deleteOfRule(ruleId: string): void;
  clear(): void;
}

/** Makes an empty one. How much a phone keeps is not known: here all. */
export function createAnswerCache(): AnswerCache {
  const answers = new Map<string, CachedAnswer>();
  return {
    get: (id, now) => {
      const answer = answers.get(id);
      return answer && now - answer.createdAt < answer.maxAgeMs ? answer : undefined;
    },
    set: (id, answer) => void answers.set(id, { ...answer, data: structuredClone(answer.data) }),
    delete: (id) => void answers.delete(id),
    deleteOfRule: (ruleId) => {
      for (const [id, answer] of answers) if (answer.ruleId === ruleId) answers.delete(id);
    },
    clear: () => answers.clear(),
  };
}
