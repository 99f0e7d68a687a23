interface Comparing {
  equals(a: unknown, b: unknown, testers: readonly Tester[]): boolean;
}
type Tester = (this: Comparing, a: unknown, b: unknown) => boolean | undefined;

/**
 * Before the tests of every file: errors are compared whole. By itself Jest looks at the message only, so that another
 * class, a wrong `phase` or a lost `cause` would pass.
 */
const wholeErrors: Tester = function (a, b) {
  if (!(a instanceof Error && b instanceof Error)) return undefined;
  // Not by the testers of the matcher: those of `toMatchObject` are content with a part.
  return Object.getPrototypeOf(a) === Object.getPrototypeOf(b) && this.equals(partsOf(a), partsOf(b), [wholeErrors]);
};

/** All but the stack. The cause is one that `Object.entries` does not show. */
function partsOf(error: Error): object {
  const { name, message, cause } = error;
  return { ...error, name, message, ...('cause' in error && { cause }) };
}

// The typings do not know it yet.
(expect as unknown as { addEqualityTesters(testers: readonly Tester[]): void }).addEqualityTesters([wholeErrors]);
