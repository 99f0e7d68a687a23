/** What an app is told, line by line, and a way to wait for it. */
export interface Hearing {
  readonly lines: readonly string[];
  readonly note: (line: string) => void;
  /** Resolves with the first line that begins so. */
  readonly told: (beginning: string) => Promise<string>;
}

/** Hears nothing yet. */
export function hearing(): Hearing {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  return {
    lines,
    note: (line) => {
      lines.push(line);
      for (const look of [...waiting]) look();
    },
    told: (beginning) =>
      new Promise((resolve) => {
        const look = () => {
          const found = lines.find((line) => line.startsWith(beginning));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
