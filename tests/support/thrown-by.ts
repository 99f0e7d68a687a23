/** What a function throws, to be compared whole: `toThrow` looks at message and class only. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
}
